namespace MemoryTriggers.Backends;

/// <summary>
/// Opens a backend at its first use, and again after that failed: a store that is not there yet when the program starts must not keep
/// the program from starting, nor its memories from being stored later.
/// </summary>
internal sealed class StartedBackend(IMemoryBackend inner) : IMemoryBackend, INotifyMemoryChanges
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _isStarted;

    public event EventHandler<MemoriesChangedEventArgs>? MemoriesChanged
    {
        add
        {
            if (inner is INotifyMemoryChanges notifying) notifying.MemoriesChanged += value;
        }

        remove
        {
            if (inner is INotifyMemoryChanges notifying) notifying.MemoriesChanged -= value;
        }
    }

    public string Name => inner.Name;

    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isStarted)) return;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isStarted) return;
            await inner.InitializeAsync(cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _isStarted, true);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        await OpenForWritingAsync(cancellationToken).ConfigureAwait(false);
        await inner.StoreAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await inner.GetAsync(id, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await inner.QueryAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await inner.SearchAsync(text, query, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await inner.SearchCompactAsync(text, query, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await inner.GetManyAsync(ids, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await inner.CountAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await inner.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        await OpenForWritingAsync(cancellationToken).ConfigureAwait(false);
        await inner.ChangeAsync(id, change, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await inner.DeleteManyAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await inner.GetStatisticsAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            await InitializeAsync(cancellationToken).ConfigureAwait(false);
            return await inner.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MemoryBackendException exception)
        {
            return new MemoryBackendHealth(Name, IsHealthy: false, exception.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        _gate.Dispose();
    }

    // A store that cannot be opened refuses no record: whatever is wrong with it, the records wait.
    private async ValueTask OpenForWritingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await InitializeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MemoryBackendException exception) when (!exception.IsTransient)
        {
            throw new MemoryBackendException(Name, "it cannot be opened", isTransient: true, exception);
        }
    }
}
