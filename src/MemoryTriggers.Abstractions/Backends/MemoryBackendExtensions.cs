using System.Runtime.CompilerServices;

namespace MemoryTriggers;

/// <summary>What every backend can do by what it has.</summary>
public static class MemoryBackendExtensions
{
    /// <summary>
    /// Reads all memories that match, newest first, page by page; paging of the query is ignored. What is stored meanwhile with a later time is not
    /// seen, what is removed meanwhile may be.
    /// </summary>
    /// <param name="backend">The store.</param>
    /// <param name="query">Which memories.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="MemoryBackendException">The store does not answer.</exception>
    public static async IAsyncEnumerable<MemoryEntry> ReadAllAsync(
        this IMemoryBackend backend, MemoryQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(query);

        // By time and not by number, so that a page neither costs more the further back it is, nor moves when something new comes.
        var page = query with { Offset = 0, Limit = MemoryQuery.MaxLimit };
        while (true)
        {
            var entries = await backend.QueryAsync(page, cancellationToken).ConfigureAwait(false);
            foreach (var entry in entries) yield return entry;
            if (entries.Count < MemoryQuery.MaxLimit) yield break;

            var oldest = entries[^1].CreatedAt;
            var sameTime = entries.Count(entry => entry.CreatedAt == oldest);
            var seenBefore = page.Until == oldest.AddTicks(1) ? page.Offset : 0;
            page = page with { Until = oldest.AddTicks(1), Offset = seenBefore + sameTime };
        }
    }
}
