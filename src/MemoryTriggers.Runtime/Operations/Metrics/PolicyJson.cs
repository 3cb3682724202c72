using System.Text.Json.Nodes;

namespace MemoryTriggers.Operations;

/// <summary>The policies of types with the keys of the reference.</summary>
internal static class PolicyJson
{
    public static JsonObject ByType(IReadOnlyList<TriggerPolicy> policies)
    {
        var node = new JsonObject();
        foreach (var policy in policies)
        {
            var limits = new JsonObject();
            foreach (var (name, limit) in policy.RateLimits) limits[name] = limit;
            node[policy.Type.Name()] = new JsonObject
            {
                ["enabled"] = policy.Enabled,
                ["rules_count"] = policy.Rules.Count,
                ["default_decision"] = policy.DefaultDecision.ToString().ToLowerInvariant(),
                ["rate_limits"] = limits,
            };
        }

        return node;
    }
}
