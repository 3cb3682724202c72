using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.Chain;

/// <summary>Brings memories from the lower stores back to the first, while it is there. Thread-safe.</summary>
internal sealed class ChainReturn(ChainLink[] links, ChainBacklog backlog, BackendChainOptions options, TimeProvider time, ILogger logger)
    : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

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
            if (backlog.In(link.Name, options.ReturnBatch) is not { Count: > 0 } ids) continue;
            await BringAsync(link, ids, cancellationToken).ConfigureAwait(false);
            return !backlog.IsEmpty;
        }

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

        if (entries.Count > 0) await links[0].StoreAsync(entries, cancellationToken).ConfigureAwait(false);
        foreach (var id in ids)
            await from.CallAsync((backend, token) => backend.DeleteAsync(id, token), cancellationToken).ConfigureAwait(false);
        backlog.Remove(ids);
        Log.Returned(logger, entries.Count, from.Name, links[0].Name);
    }

    public void Dispose() => _gate.Dispose();
}
