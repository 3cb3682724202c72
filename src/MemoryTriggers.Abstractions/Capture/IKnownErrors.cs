namespace MemoryTriggers.Capture;

/// <summary>A sink that knows errors. Thread-safe.</summary>
internal interface IKnownErrors
{
    /// <summary>
    /// What is known about an error that leaves a trigger, or <see langword="null"/>. Neither waits nor throws.
    /// </summary>
    RecalledError? Recall(Exception exception);
}
