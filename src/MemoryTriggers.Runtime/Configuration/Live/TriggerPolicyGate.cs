using System.Collections.Immutable;
using System.Text.Json;
using MemoryTriggers.Delivery;
using MemoryTriggers.Delivery.Holding;
using MemoryTriggers.Policies;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>
/// What <c>trigger_policies</c> and the least quality let through, around the policies: what is not wanted is denied before rules see it;
/// whether it is good enough is
/// asked when they have had their say. What it decides is taken down as what the rules decide. Thread-safe.
/// </summary>
internal sealed class TriggerPolicyGate(
    IDeliveryRules inner, PolicyEngine engine, LiveConfiguration live, TimeSpan deferFor, TimeProvider time,
    ILogger<TriggerPolicyGate> logger)
    : IDeliveryRules, IRemembering
{
    private volatile ImmutableArray<TriggerPolicyState>[] _states = Compile(live.Current, []);
    private long _latest;

    public string Part => "trigger_policies";

    public long Version => States.Sum(static state => state.Memory.Version);

    private IEnumerable<TriggerPolicyState> States => _states.SelectMany(static states => states);

    /// <summary>Takes over another configuration; policies of the same name keep what they remember.</summary>
    public void Change() => _states = Compile(live.Current, _states);

    public DeliveryRuling Rule(MemoryEntry entry)
    {
        var policy = PolicyFor(entry);
        if (policy is null) return Quality(inner.Rule(entry), isAsked: true);
        if (policy.Refusal(entry) is { } refusal)
        {
            if (policy.IsNews(refusal)) Log.Denied(logger, policy.Name, $"{refusal.Key}: {refusal.Value}");
            engine.Note(entry, PolicyVerdict.Deny, refusal.Reason(policy.Rule));
            return new DeliveryRuling(null);
        }

        var now = Now();
        if (!policy.HasRoom(now))
        {
            engine.Note(
                entry, PolicyVerdict.Defer,
                new PolicyReason(policy.Rule, $"max_triggers_per_minute: {policy.Settings.MaxTriggersPerMinute}", "Rate limit exceeded"));
            return new DeliveryRuling(entry, new HoldingTime(deferFor));
        }

        var shaped = policy.Shape(entry, live.Current.Features.PatternDetection);
        var ruling = Quality(inner.Rule(shaped), policy.Settings.RequireQualityValidation);
        // What is held will be asked about again, and counts then.
        if (ruling is { Entry: { } kept, Hold: null }) policy.Kept(entry, kept, now);
        return ruling;
    }

    public void CommitDecisions() => inner.CommitDecisions();

    public void Save(Utf8JsonWriter json)
    {
        var now = time.GetUtcNow();
        json.WriteStartObject();
        foreach (var state in States.Where(static state => state.Memory.Version > 0))
        {
            json.WriteStartObject(state.Name);
            state.Memory.Save(json, now);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public void Restore(JsonElement saved)
    {
        var now = time.GetUtcNow().UtcTicks;
        foreach (var state in States)
        {
            if (saved.TryGetProperty(state.Name, out var memory)) state.Memory.Restore(memory, now);
        }
    }

    // A clock that is set back must not close the window for as long.
    private long Now()
    {
        var now = time.GetUtcNow().UtcTicks;
        for (var latest = Interlocked.Read(ref _latest); latest < now; latest = Interlocked.Read(ref _latest))
        {
            if (Interlocked.CompareExchange(ref _latest, now, latest) == latest) return now;
        }

        return Interlocked.Read(ref _latest);
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
        var least = current.Performance.MinMemoryQualityScore;
        if (!isAsked || !current.Features.QualityAssessment || ruling.Entry is not { QualityScore: { } score } entry || score >= least)
            return ruling;
        // What is deferred is decided again, quality included.
        if (ruling.Hold is { Batch: null }) return ruling;
        engine.Note(
            entry, PolicyVerdict.Deny,
            new PolicyReason(
                "performance", FormattableString.Invariant($"min_memory_quality_score: {least:0.###}"),
                FormattableString.Invariant($"its score is {score:0.###}")));
        // Only the memory is denied: what the rules ask for besides is carried out.
        return ruling with { Entry = null, Hold = null };
    }

    private static ImmutableArray<TriggerPolicyState>[] Compile(
        ConfigurationSnapshot configuration, ImmutableArray<TriggerPolicyState>[] earlier)
    {
        var known = earlier.SelectMany(static states => states).ToDictionary(static state => state.Name, StringComparer.Ordinal);
        return
        [
            .. from type in Enum.GetValues<TriggerType>()
               select configuration.TriggerPolicies.Where(policy => TriggerTypeMapping.Of(policy.Value) == type)
                   .Select(policy => new TriggerPolicyState(policy.Key, policy.Value, known.GetValueOrDefault(policy.Key)))
                   .ToImmutableArray(),
        ];
    }
}
