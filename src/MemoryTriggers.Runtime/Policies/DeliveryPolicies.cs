using MemoryTriggers.Delivery;
using MemoryTriggers.Delivery.Holding;

namespace MemoryTriggers.Policies;

/// <summary>The policies as delivery sees them: what to store, what to hold and for how long, and what to do then.</summary>
internal sealed class DeliveryPolicies(PolicyEngine engine, PolicyActionQueue actions, TimeSpan deferFor) : IDeliveryRules
{
    public DeliveryRuling Rule(MemoryEntry entry)
    {
        var decision = engine.Evaluate(entry);
        Action? then = decision.Actions.Count > 0 ? () => actions.Add(decision) : null;
        return decision.Verdict switch
        {
            PolicyVerdict.Deny => new DeliveryRuling(null) { Then = then },
            PolicyVerdict.Defer => new DeliveryRuling(decision.Entry, new HoldingTime(deferFor)),
            PolicyVerdict.Batch => new DeliveryRuling(decision.Entry, BatchOf(decision.Entry)) { Then = then },
            _ => new DeliveryRuling(decision.Entry) { Then = then },
        };
    }

    public void CommitDecisions() => actions.CommitDecisions();

    private HoldingTime BatchOf(MemoryEntry entry)
    {
        var policy = engine.Set.Policies.FirstOrDefault(policy => policy.Type == entry.TriggerType) ?? new TriggerPolicy
        {
            Type = entry.TriggerType ?? default,
        };
        return new HoldingTime(policy.BatchTimeout, entry.TriggerType?.Name() ?? "none", policy.BatchSize);
    }
}
