using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.Chain;

/// <summary>Brings memories from the lower stores back to the first, while it is there. Thread-safe.</summary>
internal sealed class ChainReturn(ChainLink[] links, ChainBacklog backlog, BackendChainOptions options, TimeProvider time, ILogger logger)
    : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ReturnParts _parts = new(options.ReturnBatch);

    /// <summary>How many memories the first store refuses. They stay where they are, and are found there.</summary>
    public int Refused => _parts.Refused;

    /// <summary>Does something while nothing goes back: what is changed meanwhile must not be overwritten by an older version.</summary>
    public async ValueTask<T> ExcludeAsync<T>(Func<ValueTask<T>> act, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await act().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        using var timer = new PeriodicTimer(options.ReturnInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                backlog.Refresh();
                while (await StepAsync(cancellationToken).ConfigureAwait(false))
                {
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The chain is disposed; memories in lower stores are noted and go back later.
        }
    }

    /// <summary>Brings some of them back.</summary>
    /// <returns>Whether there may be more to bring.</returns>
    public async ValueTask<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (backlog.IsEmpty || !links[0].IsAvailable) return false;
        try
        {
            return await ExcludeAsync(() => BringAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (MemoryBackendException exception)
        {
            Log.ReturnFailed(logger, links[0].Name, exception.Message);
            return false;
        }
    }

    private async ValueTask<bool> BringAsync(CancellationToken cancellationToken)
    {
        foreach (var link in links.Skip(1))
        {
            if (backlog.In(link.Name, _parts.Size, _parts.IsWanted) is not { Count: > 0 } ids) continue;
            await BringAsync(link, ids, cancellationToken).ConfigureAwait(false);
            return true;
        }

        // What failed has its turn again with the next tick.
        _parts.Again();
        return false;
    }

    private async ValueTask BringAsync(ChainLink from, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var entries = new List<MemoryEntry>(ids.Count);
        foreach (var id in ids)
        {
            if (await from.CallAsync((backend, token) => backend.GetAsync(id, token), cancellationToken).ConfigureAwait(false) is { } entry)
                entries.Add(entry);
        }

        var refused = await StoreAsync(entries, cancellationToken).ConfigureAwait(false);
        List<Guid> gone = [.. ids.Where(id => !refused.Contains(id))];
        foreach (var id in gone)
            await from.CallAsync((backend, token) => backend.DeleteAsync(id, token), cancellationToken).ConfigureAwait(false);
        backlog.Remove(gone);
        Log.Returned(logger, entries.Count - refused.Count, from.Name, links[0].Name);
    }

    /// <summary>Stores them in the first store. A refused batch is halved, until those that are refused are found.</summary>
    /// <returns>The refused ones.</returns>
    private async ValueTask<HashSet<Guid>> StoreAsync(List<MemoryEntry> entries, CancellationToken cancellationToken)
    {
        var refused = new HashSet<Guid>();
        var parts = new Stack<List<MemoryEntry>>();
        if (entries.Count > 0) parts.Push(entries);
        while (parts.TryPop(out var part))
        {
            try
            {
                await links[0].StoreAsync(part, cancellationToken).ConfigureAwait(false);
                _parts.Stored();
            }
            catch (MemoryBackendException exception) when (!exception.IsTransient)
            {
                if (part.Count > 1)
                {
                    parts.Push(part[(part.Count / 2)..]);
                    parts.Push(part[..(part.Count / 2)]);
                    continue;
                }

                refused.Add(part[0].Id);
                _parts.Refuse(part[0].Id);
                Log.ReturnRefused(logger, links[0].Name, part[0].Id.ToString(), exception.Message);
            }
            catch (MemoryBackendException)
            {
                // An outage, or too many for its time. What was stored before goes back again, and is one memory all the same.
                _parts.Failed(part);
                throw;
            }
        }

        return refused;
    }

    public void Dispose() => _gate.Dispose();
}
