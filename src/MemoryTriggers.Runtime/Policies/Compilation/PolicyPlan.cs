using MemoryTriggers.Policies;

namespace MemoryTriggers;

/// <summary>The policies and rules of one type of trigger. Immutable and thread-safe.</summary>
public sealed class PolicyPlan
{
    internal PolicyPlan(CompiledPolicy? policy, IPolicy[] programs, int firstProgramState, RuleIndex rules)
    {
        (Policy, Programs, FirstProgramState, Rules) = (policy, programs, firstProgramState, rules);
        CanApply = policy is { IsTrivial: false } || programs.Length > 0 || !rules.IsEmpty;
    }

    /// <summary>Whether anything could become of a memory of this type but that it is stored as it is. A plain field.</summary>
    public bool CanApply { get; }

    internal CompiledPolicy? Policy { get; }

    internal IPolicy[] Programs { get; }

    internal int FirstProgramState { get; }

    internal RuleIndex Rules { get; }
}
