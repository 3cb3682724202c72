namespace MemoryTriggers.Policies;

/// <summary>The policy of a type of trigger as code.</summary>
internal sealed class CompiledPolicy(TriggerPolicy source, int state, RuleIndex rules, CompiledLimit[] limits)
{
    private readonly string _name = source.Type.Name();

    public TriggerPolicy Source { get; } = source;

    /// <summary>The number of what it remembers.</summary>
    public int State { get; } = state;

    public RuleIndex Rules { get; } = rules;

    public CompiledLimit[] Limits { get; } = limits;

    /// <summary>Whether it allows everything.</summary>
    public bool IsTrivial => Source.Enabled && Source.DefaultDecision == PolicyVerdict.Allow && Rules.IsEmpty && Limits.Length == 0;

    public PolicyReason[] Disabled => field ??= [new PolicyReason(_name, "enabled", "Policy disabled")];

    public PolicyReason[] OverLimit => field ??= [new PolicyReason(_name, "rate_limits", "Rate limit exceeded")];

    public PolicyReason[] Default =>
        field ??= [new PolicyReason(_name, "default", $"no rule matched, and the default is {Source.DefaultDecision.Name()}")];
}
