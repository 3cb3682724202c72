namespace MemoryTriggers;

/// <summary>The kind of test of a condition. Written in configuration by its snake_case name, such as <c>matches_regex</c>.</summary>
public enum PolicyConditionType
{
    /// <summary>Always holds.</summary>
    Always,

    /// <summary>Never holds.</summary>
    Never,

    /// <summary>The field is <see cref="PolicyCondition.Value"/>.</summary>
    Equals,

    /// <summary>The field is not <see cref="PolicyCondition.Value"/>; a field that is not there is not.</summary>
    NotEquals,

    /// <summary>The text contains <see cref="PolicyCondition.Value"/>, or the list has it as an item.</summary>
    Contains,

    /// <summary>The opposite of <see cref="Contains"/>.</summary>
    NotContains,

    /// <summary>The text, or an item of the list, matches <see cref="PolicyCondition.RegexPattern"/> anywhere.</summary>
    MatchesRegex,

    /// <summary>The field is a number greater than <see cref="PolicyCondition.Value"/>.</summary>
    GreaterThan,

    /// <summary>The field is a number less than <see cref="PolicyCondition.Value"/>.</summary>
    LessThan,

    /// <summary>
    /// The field is a number from <see cref="PolicyCondition.MinValue"/> to <see cref="PolicyCondition.MaxValue"/>, both included.
    /// </summary>
    Between,

    /// <summary>The field is one of <see cref="PolicyCondition.Values"/>.</summary>
    InList,

    /// <summary>The field is none of <see cref="PolicyCondition.Values"/>.</summary>
    NotInList,

    /// <summary>The operation began between <c>StartTime</c> and <c>EndTime</c>.</summary>
    TimeRange,

    /// <summary>
    /// Fewer than <see cref="PolicyCondition.RateLimit"/> memories in <see cref="PolicyCondition.TimeWindow"/>, per rule and field.
    /// </summary>
    RateLimit,

    /// <summary>Holds for a share of the memories; for one memory it is always the same.</summary>
    Probability,

    /// <summary>All of <see cref="PolicyCondition.SubConditions"/> hold.</summary>
    CompositeAnd,

    /// <summary>One of <see cref="PolicyCondition.SubConditions"/> holds.</summary>
    CompositeOr,
}
