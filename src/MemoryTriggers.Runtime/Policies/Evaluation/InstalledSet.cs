namespace MemoryTriggers.Policies;

/// <summary>A set with what its rules remember. Replaced as a whole, so that an evaluation sees one or the other.</summary>
internal sealed class InstalledSet
{
    public InstalledSet(PolicySet set, InstalledSet? before)
    {
        Set = set;
        var kept = before is null ? [] : before.Remembered.DistinctBy(static known => (known.Kind, known.Name))
            .ToDictionary(static known => (known.Kind, known.Name), static known => known.State);
        States = [.. Keys(set).Select(key => kept.GetValueOrDefault(key) ?? new RuleState())];
    }

    public PolicySet Set { get; }

    public RuleState[] States { get; }

    /// <summary>The states by what they belong to.</summary>
    public IEnumerable<(int Kind, string Name, RuleState State)> Remembered =>
        Keys(Set).Zip(States, static (key, state) => (key.Kind, key.Name, state));

    /// <summary>The states of rules by a name that is the same in every process.</summary>
    public IEnumerable<(string Name, RuleState State)> NamedStates =>
        Remembered.Select(static state => ($"{state.Kind}/{state.Name}", state.State));

    // A rule may be called as a type of trigger is; they are not the same.
    private static IEnumerable<(int Kind, string Name)> Keys(PolicySet set) => set.Compiled.StateNames.Select((name, number) =>
        (number < set.Compiled.ByName.Count
            ? 0 : number < set.Compiled.Rules.Length ? 1 : number < set.Compiled.Rules.Length + set.Policies.Count ? 2 : 3, name));
}
