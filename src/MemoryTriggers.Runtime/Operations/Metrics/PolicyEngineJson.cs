namespace MemoryTriggers.Operations;

/// <summary>The policies with the keys of the reference.</summary>
internal sealed class PolicyEngineJson(MemoryMetrics metrics)
{
    public int TotalPolicies => metrics.TotalPolicies;

    public int EnabledPolicies => metrics.EnabledPolicies;

    public int TotalRules => metrics.Policies.Rules.Count;

    public IReadOnlyDictionary<string, PolicyJson> PoliciesByType => PolicyJson.ByType(metrics.TypePolicies);

    public long Evaluations => metrics.Policies.Evaluations;

    public long Errors => metrics.Policies.Errors;

    public long Executions => metrics.Policies.Rules.Sum(static rule => rule.Executions);

    public long Successes => metrics.Policies.Rules.Sum(static rule => rule.Successes);

    public long Failures => metrics.Policies.Rules.Sum(static rule => rule.Failures);
}
