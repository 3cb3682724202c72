using System.Runtime.InteropServices;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Backends.Cache;

/// <summary>
/// Keeps what was read. A write of a memory removes it, and with it the answers to all queries, which it could have changed; so does a
/// write of another process, where the store reports it. A read that overlaps a write is not kept: it is unknown which of
/// the two came first. Thread-safe.
/// </summary>
internal sealed class CachingBackend : DelegatingMemoryBackend
{
    // Memories and bytes are limited; the cache knows one limit. So an answer takes the greater of its two shares of it.
    private const long Whole = 1_000_000_000;

    private readonly ReadCacheOptions _options;
    private readonly MemoryCache _cache;
    private long _generation;

    public CachingBackend(IMemoryBackend inner, ReadCacheOptions options, TimeProvider time)
        : base(inner)
    {
        _options = options;
        _cache = new MemoryCache(Options.Create(new MemoryCacheOptions
        {
            SizeLimit = Whole,
            CompactionPercentage = Math.Max(0.01, 1 - options.KeptWhenFull),
            TrackStatistics = true,
            Clock = new CacheClock(time),
        }));
        if (inner.GetService<INotifyMemoryChanges>() is { } notifying) notifying.MemoriesChanged += ForgetChanged;
    }

    public long Hits => _cache.GetCurrentStatistics()?.TotalHits ?? 0;

    public long Misses => _cache.GetCurrentStatistics()?.TotalMisses ?? 0;

    public override async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        try
        {
            await Inner.StoreAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A store that failed may still have written.
            Forget(batch.Select(static entry => entry.Id));
        }
    }

    public override async ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await Inner.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Forget([id]);
        }
    }

    public override async ValueTask ChangeAsync(
        Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        IReadOnlyList<MemoryEntry> stored = [];
        try
        {
            await Inner.ChangeAsync(id, current => stored = change(current), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Forget(stored.Select(static entry => entry.Id));
        }
    }

    public override async ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await Inner.DeleteManyAsync(query, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The notification names no memory.
            Forget([]);
            _cache.Clear();
        }
    }

    public override ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync(Key("statistics", query), token => Inner.GetStatisticsAsync(query, token), static _ => (1, 0), cancellationToken);

    public override ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        ReadAsync<Guid, MemoryEntry?>(
            id, token => Inner.GetAsync(id, token), static entry => entry is null ? (0, 0) : (1, Bytes(entry)), cancellationToken);

    public override ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) => ReadAsync(
        Key("query", query),
        async token => Sealed(await Inner.QueryAsync(query, token).ConfigureAwait(false)),
        static list => (Math.Max(1, list.Count), list.Sum(Bytes)),
        cancellationToken);

    public override ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync(
            Key("search", query, text),
            async token => Sealed(await Inner.SearchAsync(text, query, token).ConfigureAwait(false)),
            static list => (Math.Max(1, list.Count), list.Sum(static hit => Bytes(hit.Entry))),
            cancellationToken);

    public override ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(
        string text, MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync(
            Key("compact", query, text),
            async token => Sealed(await Inner.SearchCompactAsync(text, query, token).ConfigureAwait(false)),
            static list => (Math.Max(1, list.Count), list.Sum(static hit => 256 + (2L * hit.Line.Length))),
            cancellationToken);

    /// <summary>Memories that are not cached are read at once.</summary>
    public override async ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(
        IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (!_options.Enabled) return await Inner.GetManyAsync(ids, cancellationToken).ConfigureAwait(false);

        var found = new Dictionary<Guid, MemoryEntry>();
        foreach (var id in ids)
            if (_cache.TryGetValue(id, out MemoryEntry? known)) found[id] = known!;

        Guid[] missing = [.. ids.Where(id => !found.ContainsKey(id)).Distinct()];
        var generation = Interlocked.Read(ref _generation);
        foreach (var entry in missing.Length == 0 ? [] : await Inner.GetManyAsync(missing, cancellationToken).ConfigureAwait(false))
        {
            found[entry.Id] = entry;
            if (Share((1, Bytes(entry))) is <= Whole and var share) Keep(entry.Id, (MemoryEntry?)entry, share, generation);
        }

        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    public override ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync(Key("count", query), token => Inner.CountAsync(query, token), static _ => (1, 0), cancellationToken);

    public override ValueTask DisposeAsync()
    {
        if (Inner.GetService<INotifyMemoryChanges>() is { } notifying) notifying.MemoriesChanged -= ForgetChanged;
        _cache.Dispose();
        return Inner.DisposeAsync();
    }

    /// <param name="key">The question.</param>
    /// <param name="read">Asks the store.</param>
    /// <param name="size">How many memories the answer holds, and how many bytes; no memories for one that is not worth keeping.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async ValueTask<TAnswer> ReadAsync<TKey, TAnswer>(
        TKey key,
        Func<CancellationToken, ValueTask<TAnswer>> read,
        Func<TAnswer, (int Count, long Bytes)> size,
        CancellationToken cancellationToken)
        where TKey : notnull
    {
        if (!_options.Enabled) return await read(cancellationToken).ConfigureAwait(false);
        if (_cache.TryGetValue(key, out TAnswer? known)) return known!;

        var generation = Interlocked.Read(ref _generation);
        var answer = await read(cancellationToken).ConfigureAwait(false);
        if (size(answer) is { Count: > 0 } taken && Share(taken) is <= Whole and var share) Keep(key, answer, share, generation);
        return answer;
    }

    private void Keep<TAnswer>(object key, TAnswer answer, long size, long generation)
    {
        if (Interlocked.Read(ref _generation) != generation) return;
        _cache.Set(key, answer, new MemoryCacheEntryOptions { Size = size, AbsoluteExpirationRelativeToNow = _options.TimeToLive });

        // A write between the look and the set: it has removed nothing yet that was not there.
        if (Interlocked.Read(ref _generation) != generation) _cache.Remove(key);
    }

    private long Share((int Count, long Bytes) taken) =>
        (long)Math.Ceiling(Whole * Math.Max((double)taken.Count / _options.MaxEntries, (double)taken.Bytes / _options.MaxBytes));

    private static long Bytes(MemoryEntry entry) =>
        256 + (2L * (entry.Content.Length + entry.Key.Length)) + JsonMarshal.GetRawUtf8Value(entry.Value).Length;

    private void Forget(IEnumerable<Guid> ids)
    {
        Interlocked.Increment(ref _generation);
        foreach (var id in ids) _cache.Remove(id);
    }

    // Another process wrote: handled as a write of this one; without ids, as a write of everything.
    private void ForgetChanged(object? sender, MemoriesChangedEventArgs changed)
    {
        Forget(changed.Ids ?? []);
        if (changed.Ids is null) _cache.Clear();
    }

    private CacheKey Key(string operation, MemoryQuery query, string text = "") =>
        CacheKey.Of(Interlocked.Read(ref _generation), operation, query, text);

    // Shared by all callers: immutable.
    private static IReadOnlyList<TItem> Sealed<TItem>(IReadOnlyList<TItem> list) => Array.AsReadOnly([.. list]);
}
