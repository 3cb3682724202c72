namespace MemoryTriggers;

/// <summary>A condition that needs an operator's attention. Reported once when it begins, and once when it ends.</summary>
public sealed record MemoryAlert
{
    /// <summary>The same for both notices of one alert.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>
    /// One line: what was measured, and what is allowed. Never anything that was remembered, unless the rule of a policy says it.
    /// </summary>
    public required string Message { get; init; }

    /// <summary>The last measured value, in the unit of <see cref="Threshold"/>: a share, seconds, bytes or a number of records.</summary>
    public required double Value { get; init; }

    /// <summary>From where on it is an alert.</summary>
    public required double Threshold { get; init; }

    /// <summary>When it began, in UTC.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it was over, in UTC; <see langword="null"/> while it is not.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Whether it is over.</summary>
    public bool IsResolved => ResolvedAt is not null;
}
