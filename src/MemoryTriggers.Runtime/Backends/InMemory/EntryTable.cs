using System.Text.Json;
using MemoryTriggers.Ranking;
using MemoryTriggers.Ranking.Conversations;

namespace MemoryTriggers.Backends.InMemory;

/// <summary>
/// Memories in a dictionary; every query scans all memories. A batch becomes visible at once or not at all, so that readers and
/// writers exclude each other. Thread-safe.
/// </summary>
internal sealed class EntryTable : IDisposable
{
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Dictionary<Guid, Stored> _entries = [];

    public int Count => Read(static entries => entries.Count);

    public IReadOnlyList<MemoryEntry> All => Read(static entries => entries.Values.Select(static stored => stored.Entry).ToList());

    public void Store(IEnumerable<MemoryEntry> batch)
    {
        var stored = Prepare(batch);
        Write(entries =>
        {
            foreach (var item in stored) entries[item.Entry.Id] = item;
            return true;
        });
    }

    /// <summary>Stores what <paramref name="change"/> makes of a memory; no other write comes in between.</summary>
    public void Change(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change) => Write(entries =>
    {
        foreach (var item in Prepare(change(entries.TryGetValue(id, out var stored) ? stored.Entry : null))) entries[item.Entry.Id] = item;
        return true;
    });

    public int DeleteMany(MemoryQuery query) => Write(entries =>
    {
        var ids = entries.Values
            .Where(stored => EntryFilter.Matches(query, stored.Entry))
            .Select(static stored => stored.Entry.Id)
            .ToList();
        foreach (var id in ids) entries.Remove(id);
        return ids.Count;
    });

    public MemoryStatistics Statistics(MemoryQuery query)
    {
        var counter = new MemoryCounter();
        foreach (var stored in Matching(query)) counter.Add(stored.Entry);
        return counter.ToStatistics();
    }

    /// <summary>Replaces all memories.</summary>
    public void Replace(IEnumerable<MemoryEntry> all)
    {
        var stored = Prepare(all);
        Write(entries =>
        {
            entries.Clear();
            foreach (var item in stored) entries[item.Entry.Id] = item;
            return true;
        });
    }

    public bool Delete(Guid id) => Write(entries => entries.Remove(id));

    public MemoryEntry? Get(Guid id) => Read(entries => entries.TryGetValue(id, out var stored) ? stored.Entry : null);

    public IReadOnlyList<MemoryEntry> Query(MemoryQuery query) =>
    [
        .. Matching(query)
            .Select(static stored => stored.Entry)
            .OrderByDescending(static entry => entry.CreatedAt)
            .ThenByDescending(static entry => entry.Id)
            .Skip(query.Offset)
            .Take(query.Limit),
    ];

    public IReadOnlyList<MemoryHit> Search(string text, MemoryQuery query, MemoryRanking ranking)
    {
        var parsed = ParsedQuery.Of(text, ranking.Synonyms);
        if (parsed.Terms.Count == 0) return [];
        var candidates = Matching(query)
            .Select(static stored => new SearchCandidate<MemoryEntry>(
                stored.Entry, stored.Entry.CreatedAt.UtcTicks, stored.Entry.QualityScore, stored.Entry.Outcome, stored.Text)
            {
                Conversation = ConversationKey.Of(stored.Entry),
            })
            .ToList();
        return [.. CandidateRanking.RankAll(ranking, parsed, candidates, query).Select(static hit => hit.ToHit(hit.Handle))];
    }

    public long CountMatching(MemoryQuery query) => Matching(query).LongCount();

    public void Dispose() => _lock.Dispose();

    private static List<Stored> Prepare(IEnumerable<MemoryEntry> entries) =>
        [.. entries.Select(static entry => new Stored(Detach(entry), SearchableText.Of(entry)))];

    private List<Stored> Matching(MemoryQuery query) =>
        Read(entries => entries.Values.Where(stored => EntryFilter.Matches(query, stored.Entry)).ToList());

    private T Read<T>(Func<Dictionary<Guid, Stored>, T> read)
    {
        _lock.EnterReadLock();
        try
        {
            return read(_entries);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    private T Write<T>(Func<Dictionary<Guid, Stored>, T> write)
    {
        _lock.EnterWriteLock();
        try
        {
            return write(_entries);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    // The value may belong to a document that its owner disposes of, and the list of tags may change.
    private static MemoryEntry Detach(MemoryEntry entry) => entry with
    {
        Value = entry.Value.ValueKind == JsonValueKind.Undefined ? MemoryEntry.EmptyObject : entry.Value.Clone(),
        Tags = [.. entry.Tags],
    };

    private sealed record Stored(MemoryEntry Entry, SearchableText Text);
}
