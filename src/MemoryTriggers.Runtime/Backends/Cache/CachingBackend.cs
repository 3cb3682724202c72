using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Backends.Cache;

/// <summary>
/// Keeps what was read. A write of a memory removes it, and with it the answers to all queries, which it could have changed; so does a write
/// of another process, where the store tells of it. What was being read while something was written is not kept: nobody knows which of
/// the two came first. Thread-safe.
/// </summary>
internal sealed class CachingBackend : IMemoryBackend
{
    private readonly IMemoryBackend _inner;
    private readonly ReadCacheOptions _options;
    private readonly MemoryCache _cache;
    private long _generation;

    public CachingBackend(IMemoryBackend inner, ReadCacheOptions options, TimeProvider time)
    {
        (_inner, _options) = (inner, options);
        _cache = new MemoryCache(Options.Create(new MemoryCacheOptions { SizeLimit = options.MaxEntries, TrackStatistics = true, Clock = new CacheClock(time) }));
        if (inner is INotifyMemoryChanges notifying) notifying.MemoriesChanged += ForgetChanged;
    }

    public string Name => _inner.Name;

    public long Hits => _cache.GetCurrentStatistics()?.TotalHits ?? 0;

    public long Misses => _cache.GetCurrentStatistics()?.TotalMisses ?? 0;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => _inner.InitializeAsync(cancellationToken);

    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        try
        {
            await _inner.StoreAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A store that failed may have written all the same.
            Forget(batch.Select(static entry => entry.Id));
        }
    }

    public async ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await _inner.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Forget([id]);
        }
    }

    public async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        IReadOnlyList<MemoryEntry> stored = [];
        try
        {
            await _inner.ChangeAsync(id, current => stored = change(current), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Forget(stored.Select(static entry => entry.Id));
        }
    }

    public async ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await _inner.DeleteManyAsync(query, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Nobody says which.
            Forget([]);
            _cache.Clear();
        }
    }

    public ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync(Key("statistics", query), token => _inner.GetStatisticsAsync(query, token), static _ => 1, cancellationToken);

    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        ReadAsync<Guid, MemoryEntry?>(id, token => _inner.GetAsync(id, token), static entry => entry is null ? 0 : 1, cancellationToken);

    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) => ReadAsync(
        Key("query", query), async token => Sealed(await _inner.QueryAsync(query, token).ConfigureAwait(false)), static list => Math.Max(1, list.Count), cancellationToken);

    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) => ReadAsync(
        Key("search", query, text), async token => Sealed(await _inner.SearchAsync(text, query, token).ConfigureAwait(false)), static list => Math.Max(1, list.Count), cancellationToken);

    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync(Key("count", query), token => _inner.CountAsync(query, token), static _ => 1, cancellationToken);

    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => _inner.CheckHealthAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (_inner is INotifyMemoryChanges notifying) notifying.MemoriesChanged -= ForgetChanged;
        _cache.Dispose();
        return _inner.DisposeAsync();
    }

    /// <param name="key">The question.</param>
    /// <param name="read">Asks the store.</param>
    /// <param name="size">How many memories the answer holds; 0 for one that is not worth keeping.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async ValueTask<TAnswer> ReadAsync<TKey, TAnswer>(
        TKey key, Func<CancellationToken, ValueTask<TAnswer>> read, Func<TAnswer, int> size, CancellationToken cancellationToken)
        where TKey : notnull
    {
        if (!_options.Enabled) return await read(cancellationToken).ConfigureAwait(false);
        if (_cache.TryGetValue(key, out TAnswer? known)) return known!;

        var generation = Interlocked.Read(ref _generation);
        var answer = await read(cancellationToken).ConfigureAwait(false);
        if (size(answer) is > 0 and var count && count <= _options.MaxEntries) Keep(key, answer, count, generation);
        return answer;
    }

    private void Keep<TAnswer>(object key, TAnswer answer, int size, long generation)
    {
        if (Interlocked.Read(ref _generation) != generation) return;
        _cache.Set(key, answer, new MemoryCacheEntryOptions { Size = size, AbsoluteExpirationRelativeToNow = _options.TimeToLive });

        // A write between the look and the set: it has removed nothing yet that was not there.
        if (Interlocked.Read(ref _generation) != generation) _cache.Remove(key);
    }

    private void Forget(IEnumerable<Guid> ids)
    {
        Interlocked.Increment(ref _generation);
        foreach (var id in ids) _cache.Remove(id);
    }

    // Another process wrote: as a write of this one, and when nobody knows what it wrote, of everything.
    private void ForgetChanged(object? sender, MemoriesChangedEventArgs changed)
    {
        Forget(changed.Ids ?? []);
        if (changed.Ids is null) _cache.Clear();
    }

    private CacheKey Key(string operation, MemoryQuery query, string text = "") => CacheKey.Of(Interlocked.Read(ref _generation), operation, query, text);

    // Shared by all who ask: nobody can change it.
    private static IReadOnlyList<TItem> Sealed<TItem>(IReadOnlyList<TItem> list) => Array.AsReadOnly([.. list]);
}
