namespace MemoryTriggers.Errors;

/// <summary>
/// The failures of this process and of the store, and the successes linked to them by <see cref="OpenFailure"/>. The order in which
/// memories arrive does not matter. Thread-safe.
/// </summary>
internal sealed class ResolutionLinks(int most)
{
    private readonly Lock _gate = new();
    private readonly RecentMap<(string Project, string Key), OperationFailures> _failures = new(most);
    private readonly RecentMap<(string Project, string Key), DateTimeOffset> _lastSuccess = new(most);

    /// <summary>Whether a failure is one that a success may resolve.</summary>
    public static bool IsOpen(MemoryEntry entry) =>
        entry is { TriggerType: not null, SupersededBy: null } && entry.Outcome.IsError() && !ClientFault.Is(entry);

    /// <summary>Whether a memory may be linked to an error.</summary>
    public static bool IsSuccess(MemoryEntry entry) =>
        entry is { TriggerType: not null, SupersededBy: null, Outcome: TriggerOutcome.Success };

    /// <summary>Learns of memories, in any order.</summary>
    /// <param name="entries">The memories.</param>
    /// <param name="isStored">Whether they come from the store, with the links that they got there.</param>
    public LearnedLinks Learn(IReadOnlyList<MemoryEntry> entries, bool isStored)
    {
        var learned = new LearnedLinks();
        lock (_gate)
        {
            foreach (var entry in entries.Where(IsOpen)) Failed(entry, learned);
            foreach (var entry in entries.Where(IsSuccess)) Succeeded(entry, isStored, learned);
        }

        return learned;
    }

    /// <summary>A success with its links as tags, without those that another success has now.</summary>
    public MemoryEntry Linked(MemoryEntry entry)
    {
        if (!IsSuccess(entry)) return entry;
        lock (_gate)
        {
            if (!_failures.TryGet((entry.Project, entry.Key), out var failures)) return entry;
            var links = failures.LinksOf(entry.Id);
            var displaced = failures.DisplacedOf(entry.Id).ToList();
            if (links.Count == 0 && displaced.Count == 0) return entry;
            var tags = new List<string>(entry.Tags);
            tags.RemoveAll(tag => displaced.Exists(link => link.Tag == tag));
            foreach (var kind in displaced.Select(static link => link.KindTag).Distinct())
                if (!tags.Exists(tag => tag.StartsWith(PrefixOf(kind), StringComparison.Ordinal))) tags.Remove(kind);
            foreach (var link in links.OrderBy(static link => link.Tag, StringComparer.Ordinal))
                tags.AddRange(new[] { link.KindTag, link.Tag }.Except(tags).ToList());
            return tags.SequenceEqual(entry.Tags) ? entry : entry with { Tags = tags };
        }
    }

    /// <summary>The operations that failed last, and since when.</summary>
    public IReadOnlyList<((string Project, string Key) Name, DateTimeOffset Since)> Failing(int count)
    {
        lock (_gate) return [.. _failures.Pairs.Reverse().Take(count).Select(static pair => (pair.Key, pair.Value.Since))];
    }

    private static string PrefixOf(string kind) =>
        kind == ErrorLink.ResolutionTag ? ErrorFingerprint.ResolvesTag : ErrorFingerprint.CoincidesTag;

    private void Failed(MemoryEntry entry, LearnedLinks learned)
    {
        if (MemoryErrorReader.FingerprintOf(entry) is not { } fingerprint) return;
        var name = (entry.Project, entry.Key);
        var failures = _failures.Touch(name, static () => new OperationFailures());
        if (failures.Failed(Execution.Of(entry), fingerprint) is not { } changed) return;
        learned.Changed.UnionWith(changed);
        var end = entry.CreatedAt;
        if (_lastSuccess.TryGet(name, out var last) && last >= end
            && (!learned.Late.TryGetValue(name, out var since) || end < since)) learned.Late[name] = end;
    }

    private void Succeeded(MemoryEntry entry, bool isStored, LearnedLinks learned)
    {
        var name = (entry.Project, entry.Key);
        var end = entry.CreatedAt;
        _lastSuccess.Set(name, _lastSuccess.TryGet(name, out var last) && last > end ? last : end);
        if (!_failures.TryGet(name, out var failures)) return;
        learned.Changed.UnionWith(isStored
            ? failures.Stored(Execution.Of(entry), [.. ErrorLink.Of(entry)])
            : failures.Succeeded(Execution.Of(entry), [.. MemoryErrorReader.ResolvedBy(entry)]));
    }
}
