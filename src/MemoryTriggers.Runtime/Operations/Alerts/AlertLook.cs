namespace MemoryTriggers.Operations;

/// <summary>The sample that the rules of alerts evaluate.</summary>
internal sealed record AlertLook
{
    /// <summary>Calls of the store in the window.</summary>
    public StoreCounts Calls { get; init; }

    /// <summary>Records lost in the window.</summary>
    public long Drops { get; init; }

    /// <summary>How long the oldest record has waited.</summary>
    public TimeSpan QueueAge { get; init; }

    /// <summary>The free space on the disk of the data folder; <see langword="null"/> when unknown.</summary>
    public long? FreeDisk { get; init; }

    /// <summary>Why the store counts as away; <see langword="null"/> when it does not.</summary>
    public string? StoreProblem { get; init; }

    /// <summary>The predicted failure; <see langword="null"/> when there is none.</summary>
    public FailurePrediction? Prediction { get; init; }
}
