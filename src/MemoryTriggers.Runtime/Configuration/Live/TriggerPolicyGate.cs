using System.Collections.Immutable;
using MemoryTriggers.Delivery;
using MemoryTriggers.Holding;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>
/// What <c>trigger_policies</c> and the least quality let through, around the policies: what is not wanted is denied before rules see it; whether it is good enough is
/// asked when they have had their say. Thread-safe.
/// </summary>
internal sealed class TriggerPolicyGate(IDeliveryRules inner, LiveConfiguration live, TimeSpan deferFor, TimeProvider time, ILogger<TriggerPolicyGate> logger) : IDeliveryRules
{
    private volatile ImmutableArray<TriggerPolicyState>[] _states = Compile(live.Current, []);

    /// <summary>Takes over another configuration; policies of the same name keep what they remember.</summary>
    public void Change() => _states = Compile(live.Current, _states);

    public DeliveryRuling Rule(MemoryEntry entry)
    {
        var policy = PolicyFor(entry);
        if (policy is null) return Quality(inner.Rule(entry), isAsked: true);
        if (policy.Refusal(entry) is { } reason)
        {
            if (policy.IsNews(reason)) Log.Denied(logger, policy.Name, reason);
            return new DeliveryRuling(null);
        }

        var now = time.GetTimestamp();
        if (!policy.HasRoom(now, time.TimestampFrequency)) return new DeliveryRuling(entry, new HoldingTime(deferFor));
        var shaped = policy.Shape(entry, live.Current.Features.PatternDetection);
        var ruling = Quality(inner.Rule(shaped), policy.Settings.RequireQualityValidation);
        // What is held will be asked about again, and counts then.
        if (ruling is { Entry: { } kept, Hold: null }) policy.Kept(entry, kept, now);
        return ruling;
    }

    private TriggerPolicyState? PolicyFor(MemoryEntry entry)
    {
        if (entry.TriggerType is not { } type) return null;
        foreach (var policy in _states[(int)type])
        {
            if (policy.IsFor(entry)) return policy;
        }

        return null;
    }

    private DeliveryRuling Quality(DeliveryRuling ruling, bool isAsked)
    {
        var current = live.Current;
        return isAsked && current.Features.QualityAssessment && ruling.Entry?.QualityScore < current.Performance.MinMemoryQualityScore ? new DeliveryRuling(null) : ruling;
    }

    private static ImmutableArray<TriggerPolicyState>[] Compile(MemoryConfiguration configuration, ImmutableArray<TriggerPolicyState>[] earlier)
    {
        var known = earlier.SelectMany(static states => states).ToDictionary(static state => state.Name, StringComparer.Ordinal);
        return
        [
            .. Enum.GetValues<TriggerType>().Select(type => configuration.TriggerPolicies.Where(policy => TriggerTypeMapping.Of(policy.Value) == type)
                .Select(policy => new TriggerPolicyState(policy.Key, policy.Value, known.GetValueOrDefault(policy.Key))).ToImmutableArray()),
        ];
    }
}
