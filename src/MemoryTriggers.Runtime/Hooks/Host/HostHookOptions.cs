namespace MemoryTriggers;

/// <summary>What of the life of the process becomes memories.</summary>
public sealed class HostHookOptions
{
    /// <summary>Whether the start and the stop of the host do, with the time that the start took, and the time between them. <value>true</value></summary>
    public bool StartAndStop { get; set; } = true;

    /// <summary>Whether an exception does that nobody caught, and that ends the process. It is in the journal before the process is gone. <value>true</value></summary>
    public bool UnhandledExceptions { get; set; } = true;

    /// <summary>Whether exceptions of tasks do that nobody looked at. <value>true</value></summary>
    public bool UnobservedTaskExceptions { get; set; } = true;
}
