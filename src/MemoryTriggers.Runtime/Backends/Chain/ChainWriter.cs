using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.Chain;

/// <summary>Stores into the first store that takes a batch. What a lower one has taken is noted, to be brought back.</summary>
internal sealed class ChainWriter(ChainLink[] links, ChainBacklog backlog, ChainReturn returning, ChainUse use, ILogger logger)
{
    /// <exception cref="MemoryBackendException">No store takes it, or one has refused it for good.</exception>
    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        MemoryBackendException? last = null;
        foreach (var (index, link) in links.Index())
        {
            var wasAvailable = link.IsAvailable;
            try
            {
                if (link == links[0]) await StoreFirstAsync(batch, cancellationToken).ConfigureAwait(false);
                else await StoreLowerAsync(link, batch, cancellationToken).ConfigureAwait(false);
                use.Stored(index);
                return;
            }
            catch (MemoryBackendException exception) when (exception.IsTransient)
            {
                if (wasAvailable) Log.LinkFailed(logger, link.Name, batch.Count, exception.Message);
                last = exception;
            }
        }

        throw last!;
    }

    private async ValueTask StoreFirstAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        if (backlog.IsEmpty) await links[0].StoreAsync(batch, cancellationToken).ConfigureAwait(false);
        else await returning.ExcludeAsync(() => StoreOverAsync(batch, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    // A correction of a memory in a lower store replaces it.
    private async ValueTask<bool> StoreOverAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        await links[0].StoreAsync(batch, cancellationToken).ConfigureAwait(false);
        var below = batch.Select(static entry => entry.Id).Where(id => backlog.LinkOf(id) is not null).ToList();
        foreach (var id in below)
        {
            if (Array.Find(links, link => link.Name == backlog.LinkOf(id)) is { } link)
                await link.CallAsync((backend, token) => backend.DeleteAsync(id, token), cancellationToken).ConfigureAwait(false);
        }

        if (below.Count > 0) backlog.Remove(below);
        return true;
    }

    private async ValueTask StoreLowerAsync(ChainLink link, IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        // Noted first: a note without a memory is harmless, a memory without a note would stay below for ever.
        if (link.IsAvailable) backlog.Add(batch.Select(static entry => entry.Id), link.Name);
        await link.StoreAsync(batch, cancellationToken).ConfigureAwait(false);
    }
}
