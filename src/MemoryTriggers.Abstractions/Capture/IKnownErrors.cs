namespace MemoryTriggers.Capture;

/// <summary>A sink that knows errors. Thread-safe.</summary>
internal interface IKnownErrors
{
    /// <summary>
    /// What is known about an error that leaves a trigger, or <see langword="null"/>. Neither waits nor throws.
    /// </summary>
    /// <param name="exception">The error.</param>
    /// <param name="project">The project of the trigger; <see langword="null"/> for the configured one.</param>
    RecalledError? Recall(Exception exception, string? project);
}
