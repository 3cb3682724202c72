namespace MemoryTriggers;

/// <summary>A rule: when its conditions hold, its actions are executed. Immutable.</summary>
public sealed record PolicyRule
{
    /// <summary>1 to 255 characters, unique in a set.</summary>
    public required string Name { get; init; }

    /// <summary>A description, up to 1,000 characters.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether it is on. <value><see langword="true"/></value></summary>
    public bool Enabled { get; init; } = true;

    /// <summary>0 to 1,000; the greater comes first, equal ones keep their order. <value>0</value></summary>
    public int Priority { get; init; }

    /// <summary>Which memories it is for. <value><see cref="PolicyScope.Global"/></value></summary>
    public PolicyScope Scope { get; init; }

    /// <summary>At least one.</summary>
    public IReadOnlyList<PolicyCondition> Conditions { get; init; } = [];

    /// <summary>How they are joined. <value><see cref="PolicyOperator.And"/></value></summary>
    public PolicyOperator ConditionOperator { get; init; }

    /// <summary>At least one, unless there is a <see cref="Verdict"/>.</summary>
    public IReadOnlyList<PolicyAction> Actions { get; init; } = [];

    /// <summary>How often it may match while the program runs, 1 or more. <value>No limit.</value></summary>
    public int? MaxExecutions { get; init; }

    /// <summary>How long it rests after a match. <value>Not at all.</value></summary>
    public TimeSpan? CooldownPeriod { get; init; }

    /// <summary>A description for readers of the configuration.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Further metadata for readers of the configuration.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// What the memory's fate is when it matches: its decision. Of several rules that match and decide, the first one counts; an action
    /// <c>abort</c> denies whatever was decided. <value>None: only the actions count.</value>
    /// </summary>
    public PolicyVerdict? Verdict { get; init; }

    /// <summary>
    /// What <see cref="PolicyVerdict.Modify"/> changes: <c>modified_priority</c>, <c>modified_category</c>, <c>added_tag</c>. Only with
    /// that verdict. <value>Nothing</value>
    /// </summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}
