namespace MemoryTriggers.Operations;

/// <summary>The policy of a type with the keys of the reference.</summary>
internal sealed class PolicyJson(TriggerPolicy policy)
{
    public bool Enabled => policy.Enabled;

    public int RulesCount => policy.Rules.Count;

    public string DefaultDecision => policy.DefaultDecision.ToString().ToLowerInvariant();

    public IReadOnlyDictionary<string, int> RateLimits => policy.RateLimits;

    public static IReadOnlyDictionary<string, PolicyJson> ByType(IReadOnlyList<TriggerPolicy> policies) =>
        JsonMaps.Of(policies, static policy => policy.Type.Name(), static policy => new PolicyJson(policy));
}
