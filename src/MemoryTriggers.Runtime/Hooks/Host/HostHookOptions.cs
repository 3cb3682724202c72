namespace MemoryTriggers;

/// <summary>The settings of the memories about the life of the process.</summary>
public sealed class HostHookOptions
{
    /// <summary>
    /// Whether the start and the stop of the host do, with the time that the start took, and the time between them. <value>true</value>
    /// </summary>
    public bool StartAndStop { get; set; } = true;

    /// <summary>
    /// Whether to remember an uncaught exception that ends the process. It is in the journal before the process is gone.
    /// <value>true</value>
    /// </summary>
    public bool UnhandledExceptions { get; set; } = true;

    /// <summary>Whether to remember unobserved exceptions of tasks. <value>true</value></summary>
    public bool UnobservedTaskExceptions { get; set; } = true;
}
