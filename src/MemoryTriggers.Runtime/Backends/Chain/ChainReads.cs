namespace MemoryTriggers.Backends.Chain;

/// <summary>One answer from those of several stores.</summary>
internal static class ChainReads
{
    // The usual constant of reciprocal rank fusion (Cormack, Clarke and Buettcher, 2009).
    private const double RankConstant = 60;

    /// <summary>All that a store has for the query up to its offset and limit, page by page.</summary>
    public static async ValueTask<IReadOnlyList<MemoryEntry>> UpToAsync(IMemoryBackend backend, MemoryQuery query,
        CancellationToken cancellationToken)
    {
        var wanted = (long)query.Offset + query.Limit;
        var entries = new List<MemoryEntry>();
        while (entries.Count < wanted)
        {
            var limit = (int)Math.Min(MemoryQuery.MaxLimit, wanted - entries.Count);
            var page = await backend.QueryAsync(query with { Offset = entries.Count, Limit = limit }, cancellationToken)
                .ConfigureAwait(false);
            entries.AddRange(page);
            if (page.Count < limit) break;
        }

        return entries;
    }

    /// <summary>Newest first, each memory once: as the store has it that is right for it.</summary>
    public static IReadOnlyList<MemoryEntry> Merge(IReadOnlyList<(string Link, IReadOnlyList<MemoryEntry> Entries)> answers,
        ChainBacklog backlog, MemoryQuery query) =>
    [
        .. answers.SelectMany(static answer => answer.Entries.Select(entry => (answer.Link, Entry: entry)))
            .GroupBy(static found => found.Entry.Id)
            .Select(same => same.OrderByDescending(found => backlog.LinkOf(found.Entry.Id) == found.Link).First().Entry)
            .OrderByDescending(static entry => entry.CreatedAt)
            .ThenByDescending(static entry => entry.Id)
            .Skip(query.Offset)
            .Take(query.Limit),
    ];

    /// <summary>Scores of different stores cannot be compared, places can: reciprocal rank fusion.</summary>
    public static IReadOnlyList<MemoryHit> Fuse(IReadOnlyList<IReadOnlyList<MemoryHit>> answers, MemoryQuery query) =>
    [
        .. answers.SelectMany(static answer => answer.Select(static (hit, place) => (Hit: hit, Score: 1 / (RankConstant + place + 1))))
            .GroupBy(static found => found.Hit.Entry.Id)
            .Select(static same => same.First().Hit with { Score = same.Sum(static found => found.Score) })
            .OrderByDescending(static hit => hit.Score)
            .ThenByDescending(static hit => hit.Entry.CreatedAt)
            .Skip(query.Offset)
            .Take(query.Limit),
    ];

    /// <summary>The same for short answers.</summary>
    public static IReadOnlyList<CompactHit> Fuse(IReadOnlyList<IReadOnlyList<CompactHit>> answers, MemoryQuery query) =>
    [
        .. answers.SelectMany(static answer => answer.Select(static (hit, place) => (Hit: hit, Score: 1 / (RankConstant + place + 1))))
            .GroupBy(static found => found.Hit.Id)
            .Select(static same => same.First().Hit with { Score = same.Sum(static found => found.Score) })
            .OrderByDescending(static hit => hit.Score)
            .ThenByDescending(static hit => hit.CreatedAt)
            .Skip(query.Offset)
            .Take(query.Limit),
    ];
}
