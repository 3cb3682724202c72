using System.Text.Json;
using MemoryTriggers.Backends.InMemory;
using MemoryTriggers.Recall;

namespace MemoryTriggers;

/// <summary>
/// Keeps memories in this process only: for tests, and for programs that want none kept. Safe for concurrent use.
/// Answers as the SQLite backend does; every query looks at every memory.
/// </summary>
public sealed class InMemoryMemoryBackend : IMemoryBackend
{
    // A batch becomes visible at once or not at all, so that readers and writers exclude each other.
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Dictionary<Guid, Stored> _entries = [];

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

    /// <inheritdoc/>
    public ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        var stored = batch.Select(entry => new Stored(Detach(entry), SearchableText.Of(entry))).ToList();

        _lock.EnterWriteLock();
        try
        {
            foreach (var item in stored) _entries[item.Entry.Id] = item;
        }
        finally
        {
            _lock.ExitWriteLock();
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Read(entries => entries.TryGetValue(id, out var stored) ? stored.Entry : null));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        new(Matching(query, cancellationToken)
            .Select(stored => stored.Entry)
            .OrderByDescending(entry => entry.CreatedAt)
            .ThenByDescending(entry => entry.Id)
            .Skip(query.Offset)
            .Take(query.Limit)
            .ToList());

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var candidates = Matching(query, cancellationToken)
            .Select(stored => new SearchCandidate<MemoryEntry>(stored.Entry, stored.Entry.CreatedAt.UtcTicks, stored.Text))
            .ToList();
        var terms = Question.Read(text);
        var frequencies = terms.Select(term => candidates.LongCount(candidate => candidate.Text.Has(term))).ToList();
        return new(MemoryRanker.Rank(terms, frequencies, candidates.Count, candidates)
            .Skip(query.Offset)
            .Take(query.Limit)
            .Select(hit => new MemoryHit(hit.Handle, hit.Score, hit.MatchedWords))
            .ToList());
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        new(Matching(query, cancellationToken).LongCount());

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _lock.EnterWriteLock();
        try
        {
            return new(_entries.Remove(id));
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <inheritdoc/>
    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) =>
        new(new MemoryBackendHealth(Name, true, $"{Read(entries => entries.Count)} memories in this process; nothing is kept"));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _lock.Dispose();
        return default;
    }

    private List<Stored> Matching(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        return Read(entries => entries.Values.Where(stored => EntryFilter.Matches(query, stored.Entry)).ToList());
    }

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

    // The value may belong to a document that its owner disposes of, and the list of tags may change.
    private static MemoryEntry Detach(MemoryEntry entry) => entry with
    {
        Value = entry.Value.ValueKind == JsonValueKind.Undefined ? MemoryEntry.EmptyObject : entry.Value.Clone(),
        Tags = [.. entry.Tags],
    };

    private sealed record Stored(MemoryEntry Entry, SearchableText Text);
}
