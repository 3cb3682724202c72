using System.Runtime.InteropServices;
using MemoryTriggers.Ranking;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Backends.Cache;

/// <summary>
/// Keeps what was read, until a write could have changed it: one of a memory that is in the answer, or of one that has the project,
/// category, key and time that were asked for and, where the store finds by words, a word of the question. What is written on the way to
/// the store is noted by <see cref="WriteNotingBackend"/>; what other processes write is forgotten where the store reports it.
/// Thread-safe.
/// </summary>
internal sealed class CachingBackend : DelegatingMemoryBackend
{
    // Memories and bytes are limited; the cache knows one limit. So an answer takes the greater of its two shares of it.
    private const long Whole = 1_000_000_000;

    private readonly ReadCacheOptions _options;
    private readonly RecentWrites _writes;
    private readonly bool _findsByWords;
    private readonly MemoryCache _cache;
    private long _hits;
    private long _misses;

    /// <param name="inner">The store, with its layers.</param>
    /// <param name="options">The limits.</param>
    /// <param name="writes">What is written to the store by way of <paramref name="inner"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="findsByWords">Whether a search finds only memories that have a word of the question.</param>
    public CachingBackend(IMemoryBackend inner, ReadCacheOptions options, RecentWrites writes, TimeProvider time, bool findsByWords)
        : base(inner)
    {
        (_options, _writes, _findsByWords) = (options, writes, findsByWords);
        _cache = new MemoryCache(Options.Create(new MemoryCacheOptions
        {
            SizeLimit = Whole,
            CompactionPercentage = Math.Max(0.01, 1 - options.KeptWhenFull),
            Clock = new CacheClock(time),
        }));
        if (inner.GetService<INotifyMemoryChanges>() is { } notifying) notifying.MemoriesChanged += ForgetChanged;
    }

    public bool IsOn => _options.Enabled;

    public long Hits => Interlocked.Read(ref _hits);

    public long Misses => Interlocked.Read(ref _misses);

    /// <summary>A cache directly above a store.</summary>
    public static CachingBackend Above(IMemoryBackend store, ReadCacheOptions options, TimeProvider time)
    {
        var writes = new RecentWrites();
        return new CachingBackend(new WriteNotingBackend(store, writes), options, writes, time, FindsByWords(store));
    }

    /// <summary>A store without its cache, for reads that must see what another process has written just now.</summary>
    public static IMemoryBackend Below(IMemoryBackend store) => store.GetService<CachingBackend>()?.Inner ?? store;

    /// <summary>Whether a store finds what has a word of the question, and nothing else.</summary>
    public static bool FindsByWords(IMemoryBackend store) => store.GetService<IRankedStore>() is { FindsByWords: true };

    public override ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken) => ReadAsync(
        CacheKey.Of("statistics", query),
        token => Inner.GetStatisticsAsync(query, token),
        static _ => [],
        static _ => (1, 0),
        cancellationToken);

    public override async ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!_options.Enabled) return await Inner.GetAsync(id, cancellationToken).ConfigureAwait(false);
        if (Find<MemoryEntry>(id) is { } known) return known.Value;

        var number = _writes.Last;
        var entry = await Inner.GetAsync(id, cancellationToken).ConfigureAwait(false);
        if (entry is not null) Keep(id, new CachedAnswer<MemoryEntry>(entry, number, null, [id], _findsByWords), (1, Bytes(entry)));
        return entry;
    }

    public override ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) => ReadAsync(
        CacheKey.Of("query", query),
        async token => Sealed(await Inner.QueryAsync(query, token).ConfigureAwait(false)),
        static list => list.Select(static entry => entry.Id),
        static list => (Math.Max(1, list.Count), list.Sum(Bytes)),
        cancellationToken);

    public override ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync(
            CacheKey.Of("search", query, text),
            async token => Sealed(await Inner.SearchAsync(text, query, token).ConfigureAwait(false)),
            static list => list.Select(static hit => hit.Entry.Id),
            static list => (Math.Max(1, list.Count), list.Sum(static hit => Bytes(hit.Entry))),
            cancellationToken);

    public override ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(
        string text, MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync(
            CacheKey.Of("compact", query, text),
            async token => Sealed(await Inner.SearchCompactAsync(text, query, token).ConfigureAwait(false)),
            static list => list.Select(static hit => hit.Id),
            static list => (Math.Max(1, list.Count), list.Sum(static hit => 256 + (2L * hit.Line.Length))),
            cancellationToken);

    /// <summary>Memories that are not cached are read at once.</summary>
    public override async ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(
        IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (!_options.Enabled) return await Inner.GetManyAsync(ids, cancellationToken).ConfigureAwait(false);

        var found = new Dictionary<Guid, MemoryEntry>();
        foreach (var id in ids.Distinct())
            if (Find<MemoryEntry>(id) is { } known) found[id] = known.Value;

        Guid[] missing = [.. ids.Where(id => !found.ContainsKey(id)).Distinct()];
        var number = _writes.Last;
        foreach (var entry in missing.Length == 0 ? [] : await Inner.GetManyAsync(missing, cancellationToken).ConfigureAwait(false))
        {
            found[entry.Id] = entry;
            Keep(entry.Id, new CachedAnswer<MemoryEntry>(entry, number, null, [entry.Id], _findsByWords), (1, Bytes(entry)));
        }

        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    public override ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) => ReadAsync(
        CacheKey.Of("count", query), token => Inner.CountAsync(query, token), static _ => [], static _ => (1, 0), cancellationToken);

    public override ValueTask DisposeAsync()
    {
        if (Inner.GetService<INotifyMemoryChanges>() is { } notifying) notifying.MemoriesChanged -= ForgetChanged;
        _cache.Dispose();
        return Inner.DisposeAsync();
    }

    /// <param name="key">The question.</param>
    /// <param name="read">Asks the store.</param>
    /// <param name="ids">The memories that are in the answer.</param>
    /// <param name="size">How many memories the answer holds, and how many bytes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async ValueTask<TAnswer> ReadAsync<TAnswer>(
        CacheKey key,
        Func<CancellationToken, ValueTask<TAnswer>> read,
        Func<TAnswer, IEnumerable<Guid>> ids,
        Func<TAnswer, (int Count, long Bytes)> size,
        CancellationToken cancellationToken)
    {
        if (!_options.Enabled) return await read(cancellationToken).ConfigureAwait(false);
        if (Find<TAnswer>(key) is { } known) return known.Value;

        var number = _writes.Last;
        var answer = await read(cancellationToken).ConfigureAwait(false);
        Keep(key, new CachedAnswer<TAnswer>(answer, number, key, ids(answer), _findsByWords), size(answer));
        return answer;
    }

    private CachedAnswer<TAnswer>? Find<TAnswer>(object key)
    {
        if (_cache.TryGetValue(key, out CachedAnswer<TAnswer>? known))
        {
            if (known!.Holds(_writes))
            {
                Interlocked.Increment(ref _hits);
                return known;
            }

            // What does not hold makes room.
            _cache.Remove(key);
        }

        Interlocked.Increment(ref _misses);
        return null;
    }

    private void Keep<TAnswer>(object key, CachedAnswer<TAnswer> answer, (int Count, long Bytes) taken)
    {
        if (Share(taken) is <= Whole and var share)
            _cache.Set(key, answer, new MemoryCacheEntryOptions { Size = share, AbsoluteExpirationRelativeToNow = _options.TimeToLive });
    }

    private long Share((int Count, long Bytes) taken) =>
        (long)Math.Ceiling(Whole * Math.Max((double)taken.Count / _options.MaxEntries, (double)taken.Bytes / _options.MaxBytes));

    private static long Bytes(MemoryEntry entry) =>
        256 + (2L * (entry.Content.Length + entry.Key.Length)) + JsonMarshal.GetRawUtf8Value(entry.Value).Length;

    // Another process wrote: what, is not known. Answers for one memory by its id hold, if that is not among those named.
    private void ForgetChanged(object? sender, MemoriesChangedEventArgs changed)
    {
        if (changed.Ids is { } ids) _writes.Add(ids.Select(static id => new WrittenMemory(id, null, mayBeNew: true)));
        else _writes.AddUnknown();
    }

    // Shared by all callers: immutable.
    private static IReadOnlyList<TItem> Sealed<TItem>(IReadOnlyList<TItem> list) => Array.AsReadOnly([.. list]);
}
