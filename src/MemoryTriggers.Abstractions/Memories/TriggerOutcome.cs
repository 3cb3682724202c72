namespace MemoryTriggers;

/// <summary>How the remembered operation ended.</summary>
public enum TriggerOutcome
{
    /// <summary>It returned.</summary>
    Success,

    /// <summary>An exception left it.</summary>
    Failure,

    /// <summary>An <see cref="OperationCanceledException"/> left it.</summary>
    Canceled,

    /// <summary>A sequence whose consumer stopped before its end.</summary>
    Abandoned,
}
