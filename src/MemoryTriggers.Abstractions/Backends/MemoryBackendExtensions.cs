using System.Runtime.CompilerServices;

namespace MemoryTriggers;

/// <summary>Operations on every backend, built on its members.</summary>
public static class MemoryBackendExtensions
{
    // Many readers stop after a few.
    private const int FirstPage = 100;

    /// <summary>Asks a store for something that it, or a store that it wraps, is or has besides.</summary>
    /// <typeparam name="TService">What is asked for, such as <see cref="INotifyMemoryChanges"/> or the class of a store.</typeparam>
    /// <param name="backend">The store.</param>
    /// <param name="key">Which one of several; <see langword="null"/> for the only one.</param>
    /// <returns>The first one from the outside in; <see langword="null"/> when there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="backend"/> is <see langword="null"/>.</exception>
    public static TService? GetService<TService>(this IMemoryBackend backend, object? key = null)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(backend);
        return backend.GetService(typeof(TService), key) as TService;
    }

    /// <summary>
    /// Reads all memories that match, newest first, page by page; paging of the query is ignored. What is stored meanwhile with a later
    /// time is not seen, what is removed meanwhile may be.
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
        var page = query with { Offset = 0, Limit = FirstPage };
        var seen = new HashSet<Guid>();
        while (true)
        {
            var entries = await backend.QueryAsync(page, cancellationToken).ConfigureAwait(false);
            var isNew = false;
            foreach (var entry in entries.Where(entry => !seen.Contains(entry.Id)))
            {
                isNew = true;
                yield return entry;
            }

            if (entries.Count < page.Limit) yield break;

            // The next page begins with the memories of the time at which this one ended; those already seen come first, unless the reader
            // removed them.
            var oldest = entries[^1].CreatedAt;
            if (page.Until != oldest.AddTicks(1)) seen.Clear();
            seen.UnionWith(entries.Where(entry => entry.CreatedAt == oldest).Select(static entry => entry.Id));
            page = page with
            {
                Until = oldest.AddTicks(1),
                Offset = isNew ? 0 : page.Offset + page.Limit,
                Limit = MemoryQuery.MaxLimit,
            };
        }
    }
}
