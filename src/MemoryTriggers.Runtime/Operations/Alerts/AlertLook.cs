namespace MemoryTriggers.Operations;

/// <summary>What the rules of alerts look at.</summary>
internal sealed record AlertLook
{
    /// <summary>Calls of the store in the window.</summary>
    public StoreCounts Calls { get; init; }

    /// <summary>Records lost in the window.</summary>
    public long Drops { get; init; }

    /// <summary>How long the oldest record has waited.</summary>
    public TimeSpan QueueAge { get; init; }

    /// <summary>What is free on the disk of the data folder; <see langword="null"/> when unknown.</summary>
    public long? FreeDisk { get; init; }

    /// <summary>Why the store counts as away; <see langword="null"/> when it does not.</summary>
    public string? StoreProblem { get; init; }

    /// <summary>What the trend says; <see langword="null"/> when it is nothing.</summary>
    public FailurePrediction? Prediction { get; init; }
}
