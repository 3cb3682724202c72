using System.Globalization;

namespace MemoryTriggers.Configuration;

/// <summary>One trigger policy at work. Thread-safe.</summary>
internal sealed class TriggerPolicyState(string name, TriggerPolicySettings settings, TriggerPolicyState? earlier)
{
    private readonly TriggerPolicyMemory _memory = earlier?._memory ?? new TriggerPolicyMemory();
    private readonly HashSet<string> _told = [];
    private readonly string[] _fields = [.. settings.ContextRequiredFields];

    public string Name => name;

    /// <summary>How decisions call it.</summary>
    public string Rule { get; } = $"trigger_policies/{name}";

    public TriggerPolicySettings Settings => settings;

    /// <summary>What it remembers.</summary>
    public TriggerPolicyMemory Memory => _memory;

    /// <summary>Whether it is for the memory at all.</summary>
    public bool IsFor(MemoryEntry entry) => IsOfAgent(entry) &&
        (settings.AgentTriggerPatterns.Count == 0 ||
         settings.AgentTriggerPatterns.Any(pattern =>
             entry.Content.Contains(pattern, StringComparison.OrdinalIgnoreCase) ||
             entry.Key.Contains(pattern, StringComparison.OrdinalIgnoreCase)));

    /// <returns>Why the memory is not wanted; <see langword="null"/> when it is.</returns>
    public TriggerPolicyRefusal? Refusal(MemoryEntry entry)
    {
        if (!settings.Enabled) return new("enabled", "false", "the policy is switched off");
        if (entry.Content.Length < settings.MinContextLength)
            return new("min_context_length", $"{settings.MinContextLength}", $"the line has {entry.Content.Length} characters");
        var captured = CapturedFields.Of(entry);
        if (Array.Find(_fields, field => !captured.Has(field)) is { } missing)
            return new("context_required_fields", missing, "the memory does not have it");
        if (captured.Number("confidence") is { } confidence && confidence < settings.MinTriggerConfidence)
            return new("min_trigger_confidence", Text(settings.MinTriggerConfidence), $"its confidence is {Text(confidence)}");
        if (Unwanted(entry, captured) is { } outcome) return new(outcome, "false", "it ended so");
        return _memory.IsRepetition(entry, TimeSpan.FromSeconds(settings.CooldownPeriodSeconds))
            ? new("cooldown_period_seconds", $"{settings.CooldownPeriodSeconds}", "the same was kept within that time") : null;
    }

    /// <summary>Whether that reason is not reported yet.</summary>
    public bool IsNews(TriggerPolicyRefusal refusal)
    {
        lock (_told) return _told.Add(refusal.Key);
    }

    public bool HasRoom(long now) => _memory.HasRoom(settings.MaxTriggersPerMinute, now);

    /// <summary>The memory as it is to be stored: cut, and marked when it resembles an earlier one.</summary>
    public MemoryEntry Shape(MemoryEntry entry, bool isDetecting)
    {
        if (entry.Content.Length > settings.MaxContextLength) entry = entry with { Content = entry.Content[..settings.MaxContextLength] };
        return isDetecting && settings.PatternDetectionEnabled && !entry.Tags.Contains("pattern") &&
            _memory.Resembles(entry, settings.PatternSimilarityThreshold)
            ? entry with { Tags = [.. entry.Tags, "pattern"] } : entry;
    }

    /// <summary>Remembers what was kept.</summary>
    public void Kept(MemoryEntry captured, MemoryEntry kept, long now) =>
        _memory.Add(captured, kept, now, TimeSpan.FromSeconds(settings.CooldownPeriodSeconds));

    private bool IsOfAgent(MemoryEntry entry) => settings.AgentName is not { } agent ||
        string.Equals(entry.EntityId, agent, StringComparison.OrdinalIgnoreCase) ||
        string.Equals(entry.Source, agent, StringComparison.OrdinalIgnoreCase) ||
        string.Equals(entry.Source, $"{agent}_agent", StringComparison.OrdinalIgnoreCase);

    // The switch that leaves it out.
    private string? Unwanted(MemoryEntry entry, CapturedFields captured)
    {
        if (entry.TriggerType == TriggerType.ErrorResolution || captured.Has("error_type"))
            return settings.CreateOnError ? null : "create_on_error";
        var score = captured.Number("success_score") ?? (entry.Outcome == TriggerOutcome.Success ? 1 : 0);
        if (score >= settings.SuccessThreshold) return settings.CreateOnSuccess ? null : "create_on_success";
        return score > settings.FailureThreshold || settings.CreateOnFailure ? null : "create_on_failure";
    }

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
