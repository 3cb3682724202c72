namespace MemoryTriggers.Backends.Cache;

/// <summary>
/// Notes what is written to a store, for the cache above it. It is below the layers that write on their own, such as the one that counts
/// repeats. A write that failed may have happened, and is noted as well. Thread-safe.
/// </summary>
internal sealed class WriteNotingBackend(IMemoryBackend inner, RecentWrites writes) : DelegatingMemoryBackend(inner)
{
    public override async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        try
        {
            await Inner.StoreAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            writes.Add(batch.Select(WrittenMemory.Of));
        }
    }

    public override async ValueTask ChangeAsync(
        Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        List<MemoryEntry> versions = [];
        try
        {
            await Inner.ChangeAsync(id, Change, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            writes.Add(versions.Select(WrittenMemory.Of));
        }

        IReadOnlyList<MemoryEntry> Change(MemoryEntry? current)
        {
            var changed = change(current);
            if (changed.Count == 0) return changed;
            if (current is not null) versions.Add(current);
            versions.AddRange(changed);
            return changed;
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
            writes.Add([new WrittenMemory(id, null)]);
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
            writes.AddUnknown();
        }
    }
}
