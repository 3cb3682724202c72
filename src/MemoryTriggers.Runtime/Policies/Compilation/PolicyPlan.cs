namespace MemoryTriggers.Policies;

/// <summary>The policies and rules of one type of trigger. Immutable and thread-safe.</summary>
internal sealed class PolicyPlan
{
    public PolicyPlan(CompiledPolicy? policy, IPolicy[] programs, int firstProgramState, RuleIndex rules)
    {
        (Policy, Programs, FirstProgramState, Rules) = (policy, programs, firstProgramState, rules);
        CanApply = policy is { IsTrivial: false } || programs.Length > 0 || !rules.IsEmpty;
    }

    /// <summary>Whether anything could become of a memory of this type but that it is stored as it is. A plain field.</summary>
    public bool CanApply { get; }

    public CompiledPolicy? Policy { get; }

    public IPolicy[] Programs { get; }

    public int FirstProgramState { get; }

    public RuleIndex Rules { get; }
}
