using MemoryTriggers.Backends.InMemory;
using MemoryTriggers.Cli.Stores;

namespace MemoryTriggers.Cli.Watching;

/// <summary>
/// What is stored from now on, each memory once. In SQLite by the order of storing, so that an operation that began long ago is not missed;
/// elsewhere by what was not there before.
/// </summary>
internal sealed class StoreNews
{
    private const int AtOnce = 500;
    private readonly OpenStore _store;
    private readonly MemoryQuery _query;
    private HashSet<Guid> _known = [];
    private DateTimeOffset _horizon = DateTimeOffset.MinValue;
    private long _place;

    private StoreNews(OpenStore store, MemoryQuery query) => (_store, _query) = (store, query);

    public static async Task<StoreNews> BeginAsync(OpenStore store, MemoryQuery query, CancellationToken token)
    {
        var news = new StoreNews(store, query with { Offset = 0, Limit = MemoryQuery.MaxLimit });
        if (store.Sqlite is { } sqlite) news._place = await sqlite.LastPlaceAsync(token);
        else await news.LearnAsync(token);
        return news;
    }

    /// <summary>The memories since the last call, in the order in which they were stored.</summary>
    public async Task<IReadOnlyList<MemoryEntry>> NextAsync(CancellationToken token)
    {
        if (_store.Sqlite is not { } sqlite)
            return [.. (await AllAsync(token)).Where(entry => entry.CreatedAt > _horizon && _known.Add(entry.Id)).Reverse()];

        (_place, var entries) = await sqlite.ReadAfterAsync(_place, AtOnce, token);
        // An earlier version that is kept is no news.
        return [.. entries.Where(entry => entry.SupersededBy is null && EntryFilter.Matches(_query, entry)).Select(_store.Read)];
    }

    // Beyond the newest thousand nothing is known: what comes into sight there, because something was deleted, is old.
    private async Task LearnAsync(CancellationToken token)
    {
        var present = await AllAsync(token);
        _known = [.. present.Select(static entry => entry.Id)];
        if (present.Count == MemoryQuery.MaxLimit) _horizon = present[^1].CreatedAt;
    }

    private ValueTask<IReadOnlyList<MemoryEntry>> AllAsync(CancellationToken token) => _store.Recall.ListAsync(_query, token);
}
