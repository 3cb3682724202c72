using MemoryTriggers.Backends.Cache;

namespace MemoryTriggers.Memories;

/// <summary>
/// The earlier versions of memories. They are deleted with the memory, whatever deletes it. Reads past the cache of reads, because another
/// process may have changed a memory. Thread-safe.
/// </summary>
internal sealed class EarlierVersions(IMemoryBackend backend)
{
    private readonly IMemoryBackend _store = CachingBackend.Below(backend);

    /// <summary>The earlier versions of a memory, the latest first.</summary>
    public async ValueTask<IReadOnlyList<MemoryEntry>> OfAsync(Guid id, CancellationToken cancellationToken)
    {
        var versions = new List<MemoryEntry>();
        var seen = new HashSet<Guid> { id };
        // Among the earlier values of a name may be memories that have versions of their own.
        for (var open = new Queue<Guid>([id]); open.TryDequeue(out var present);)
        {
            await foreach (var entry in ReplacedByAsync(present, cancellationToken).ConfigureAwait(false))
            {
                if (!MemoryVersions.IsVersion(entry) || !seen.Add(entry.Id)) continue;
                versions.Add(entry);
                if (MemoryName.Made(present) && !MemoryName.Made(entry.Id)) open.Enqueue(entry.Id);
            }
        }

        return [.. versions.OrderByDescending(static entry => entry.UpdatedAt)];
    }

    /// <summary>Those of a memory that was read; a memory that was never changed costs no question.</summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> OfAsync(MemoryEntry entry, CancellationToken cancellationToken) =>
        MayHave(entry) ? OfAsync(entry.Id, cancellationToken) : new([]);

    /// <summary>All memories that a memory replaces: its earlier versions, and others.</summary>
    public IAsyncEnumerable<MemoryEntry> ReplacedByAsync(Guid id, CancellationToken cancellationToken) =>
        _store.ReadAllAsync(new() { AllProjects = true, SupersededBy = id }, cancellationToken);

    /// <summary>
    /// Removes all memories that match, and their earlier versions, which may differ in what the query asks for. What is removed by the
    /// time of a failure stays removed.
    /// </summary>
    /// <returns>How many, versions included.</returns>
    public async ValueTask<long> DeleteWithAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        // Versions first: what is left by a failure is found again by the memory.
        var changed = await _store.ReadAllAsync(query, cancellationToken).Where(MayHave).Select(static entry => entry.Id)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var removed = 0L;
        foreach (var id in changed)
            foreach (var version in await OfAsync(id, cancellationToken).ConfigureAwait(false))
                if (await _store.DeleteAsync(version.Id, cancellationToken).ConfigureAwait(false)) removed++;
        return removed + await _store.DeleteManyAsync(query, cancellationToken).ConfigureAwait(false);
    }

    // A version itself keeps the mark of the change that made it.
    private static bool MayHave(MemoryEntry entry) => entry.Provenance.UpdatedAt is not null;
}
