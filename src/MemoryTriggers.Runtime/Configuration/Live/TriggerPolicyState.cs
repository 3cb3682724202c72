namespace MemoryTriggers.Configuration;

/// <summary>One trigger policy at work. Thread-safe.</summary>
internal sealed class TriggerPolicyState(string name, TriggerPolicySettings settings, TriggerPolicyState? earlier)
{
    private readonly TriggerPolicyMemory _memory = earlier?._memory ?? new TriggerPolicyMemory();
    private readonly HashSet<string> _told = [];
    private readonly string[] _fields = [.. settings.ContextRequiredFields];

    public string Name => name;

    public TriggerPolicySettings Settings => settings;

    /// <summary>Whether it is for the memory at all.</summary>
    public bool IsFor(MemoryEntry entry) => IsOfAgent(entry) &&
        (settings.AgentTriggerPatterns.Count == 0 ||
         settings.AgentTriggerPatterns.Any(pattern => entry.Content.Contains(pattern, StringComparison.OrdinalIgnoreCase) || entry.Key.Contains(pattern, StringComparison.OrdinalIgnoreCase)));

    /// <returns>Why the memory is not wanted; <see langword="null"/> when it is.</returns>
    public string? Refusal(MemoryEntry entry)
    {
        if (!settings.Enabled) return "enabled";
        if (entry.Content.Length < settings.MinContextLength) return "min_context_length";
        var captured = CapturedFields.Of(entry);
        if (Array.Find(_fields, field => !captured.Has(field)) is { } missing) return $"context_required_fields: {missing}";
        if (captured.Number("confidence") < settings.MinTriggerConfidence) return "min_trigger_confidence";
        if (!IsKept(entry, captured)) return "create_on";
        return _memory.IsRepetition(entry, TimeSpan.FromSeconds(settings.CooldownPeriodSeconds)) ? "cooldown_period_seconds" : null;
    }

    /// <summary>Whether nobody was told of that reason yet.</summary>
    public bool IsNews(string reason)
    {
        lock (_told) return _told.Add(reason);
    }

    public bool HasRoom(long now, long ticksPerSecond) => _memory.HasRoom(settings.MaxTriggersPerMinute, now, ticksPerSecond);

    /// <summary>The memory as it is to be stored: cut, and marked when it resembles an earlier one.</summary>
    public MemoryEntry Shape(MemoryEntry entry, bool isDetecting)
    {
        if (entry.Content.Length > settings.MaxContextLength) entry = entry with { Content = entry.Content[..settings.MaxContextLength] };
        return isDetecting && settings.PatternDetectionEnabled && !entry.Tags.Contains("pattern") && _memory.Resembles(entry, settings.PatternSimilarityThreshold)
            ? entry with { Tags = [.. entry.Tags, "pattern"] } : entry;
    }

    /// <summary>Remembers what was kept.</summary>
    public void Kept(MemoryEntry captured, MemoryEntry kept, long now) => _memory.Add(captured, kept, now, TimeSpan.FromSeconds(settings.CooldownPeriodSeconds));

    private bool IsOfAgent(MemoryEntry entry) => settings.AgentName is not { } agent ||
        string.Equals(entry.EntityId, agent, StringComparison.OrdinalIgnoreCase) || string.Equals(entry.Source, agent, StringComparison.OrdinalIgnoreCase) ||
        string.Equals(entry.Source, $"{agent}_agent", StringComparison.OrdinalIgnoreCase);

    private bool IsKept(MemoryEntry entry, CapturedFields captured)
    {
        if (entry.TriggerType == TriggerType.ErrorResolution || captured.Has("error_type")) return settings.CreateOnError;
        var score = captured.Number("success_score") ?? (entry.Outcome == TriggerOutcome.Success ? 1 : 0);
        return score >= settings.SuccessThreshold ? settings.CreateOnSuccess : score > settings.FailureThreshold || settings.CreateOnFailure;
    }
}
