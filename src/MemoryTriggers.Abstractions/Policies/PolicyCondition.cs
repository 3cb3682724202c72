namespace MemoryTriggers;

/// <summary>
/// A condition of a rule. Immutable. Which members count depends on <see cref="Type"/>; docs/policies.md has an example of each.
/// </summary>
public sealed record PolicyCondition
{
    /// <summary>The kind of test.</summary>
    public required PolicyConditionType Type { get; init; }

    /// <summary>
    /// The field it compares: <c>priority</c>, <c>metadata.severity</c>, <c>exception.message</c>, <c>arguments.order.id</c>.
    /// </summary>
    public string? Field { get; init; }

    /// <summary>Text, number, truth value or <see langword="null"/> to compare with.</summary>
    public object? Value { get; init; }

    /// <summary>Texts, numbers or truth values to compare with.</summary>
    public IReadOnlyList<object?> Values { get; init; } = [];

    /// <summary>A regular expression of .NET.</summary>
    public string? RegexPattern { get; init; }

    /// <summary>The least number.</summary>
    public double? MinValue { get; init; }

    /// <summary>The greatest number.</summary>
    public double? MaxValue { get; init; }

#if NET
    /// <summary>When the time range begins.</summary>
    public TimeOnly? StartTime { get; init; }

    /// <summary>When the time range ends; before <see cref="StartTime"/>, it ends on the next day.</summary>
    public TimeOnly? EndTime { get; init; }
#endif

    /// <summary>How many memories, 1 or more.</summary>
    public int? RateLimit { get; init; }

    /// <summary>In how many seconds, 1 or more. <value>60</value></summary>
    public int? TimeWindow { get; init; }

    /// <summary>The share, 0 to 1.</summary>
    public double? Probability { get; init; }

    /// <summary>The conditions inside a composite, at least one.</summary>
    public IReadOnlyList<PolicyCondition> SubConditions { get; init; } = [];

    /// <summary>Turns the answer round.</summary>
    public bool Negate { get; init; }

    /// <summary>Compares texts without regard to case. <value><see langword="false"/></value></summary>
    public bool IgnoreCase { get; init; }
}
