namespace MemoryTriggers.Configuration;

/// <summary>Rules across the keys of trigger policies.</summary>
internal static class TriggerPolicyRules
{
    public static void Check(ConfigurationFindings found)
    {
        var earlier = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, policy) in found.Configuration.TriggerPolicies)
        {
            var path = $"trigger_policies.{name}";
            // The reference's own policies for errors have 0 and 0; nothing but errors is kept by them.
            found.Error(
                policy.SuccessThreshold <= policy.FailureThreshold && policy is not { SuccessThreshold: 0, FailureThreshold: 0 },
                $"{path}.success_threshold",
                "must be greater than 'failure_threshold'", "what lies between the two is neither success nor failure");
            found.Error(
                policy.MinContextLength > policy.MaxContextLength, $"{path}.min_context_length", "is greater than 'max_context_length'",
                "nothing would fit");
            found.Warning(
                policy is { Enabled: true, CreateOnSuccess: false, CreateOnFailure: false, CreateOnError: false },
                $"{path}.create_on_error", "keeps nothing, as the other two", "use 'enabled: false'");
            if (earlier.TryGetValue(policy.TriggerType, out var first))
                found.Warning(
                    true, $"{path}.trigger_type", $"has no effect: '{first}' is for all memories of this type, and stands before it",
                    "put it first, or restrict the other one by 'agent_name' or 'agent_trigger_patterns'");
            if (policy is { AgentName: null, AgentTriggerPatterns.Count: 0 }) earlier.TryAdd(policy.TriggerType, name);
        }
    }
}
