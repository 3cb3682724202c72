namespace MemoryTriggers;

/// <summary>A rule in the short notation. Immutable.</summary>
public sealed record TriggerPolicyRule
{
    /// <summary>Its name, unique in its policy.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// <c>type:</c>, <c>priority:</c>, <c>project:</c>, <c>source:</c>, <c>content:</c>, <c>tag:</c> or <c>metadata:</c> and a value, or
    /// <c>always</c>. Anything else is refused when the policies are compiled.
    /// </summary>
    public required string Condition { get; init; }

    /// <summary>The verdict on the memory when the rule matches.</summary>
    public required PolicyVerdict Decision { get; init; }

    /// <summary>The greater comes first. <value>0</value></summary>
    public int Priority { get; init; }

    /// <summary>
    /// What <see cref="PolicyVerdict.Modify"/> changes: <c>modified_priority</c>, <c>modified_category</c>, <c>added_tag</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}
