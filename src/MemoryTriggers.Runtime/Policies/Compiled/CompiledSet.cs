namespace MemoryTriggers.Policies;

/// <summary>All rules of a set as code, before they are sorted by what they can apply to.</summary>
/// <param name="Fields">The fields that conditions look at.</param>
/// <param name="Conditions">The distinct conditions.</param>
/// <param name="Rules">The rules of both notations, by number.</param>
/// <param name="StateNames">The names of what is remembered from memory to memory: the rules', then the policies'.</param>
internal sealed record CompiledSet(FieldPath[] Fields, CompiledCondition[] Conditions, CompiledRule[] Rules, string[] StateNames)
{
    /// <summary>The rules of the long notation that are on, by name: a chain leads to one of them.</summary>
    public required IReadOnlyDictionary<string, CompiledRule> ByName { get; init; }

    public ConditionTest[] Tests { get; } = [.. Conditions.Select(static condition => condition.Test)];

    public required bool HasChains { get; init; }
}
