namespace MemoryTriggers.Policies;

/// <summary>A set with what its rules remember. Replaced as a whole, so that an evaluation sees one or the other.</summary>
internal sealed class InstalledSet
{
    public InstalledSet(PolicySet set, InstalledSet? before)
    {
        Set = set;
        var names = set.Compiled.StateNames;
        var kept = before?.Set.Compiled.StateNames.Zip(before.States).DistinctBy(static pair => pair.First).ToDictionary(static pair => pair.First, static pair => pair.Second);
        States = [.. names.Select(name => kept?.GetValueOrDefault(name) ?? new RuleState())];
    }

    public PolicySet Set { get; }

    public RuleState[] States { get; }
}
