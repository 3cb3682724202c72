namespace MemoryTriggers.Backends;

/// <summary>
/// Opens a backend at its first use, and again after that failed: a store that is not there yet when the program starts must not keep
/// the program from starting, nor its memories from being stored later.
/// </summary>
internal sealed class LazyOpenBackend(IMemoryBackend inner) : DelegatingMemoryBackend(inner)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _isStarted;

    public override async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isStarted)) return;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isStarted) return;
            await Inner.InitializeAsync(cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _isStarted, true);
        }
        finally
        {
            _gate.Release();
        }
    }

    public override async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        await OpenForWritingAsync(cancellationToken).ConfigureAwait(false);
        await Inner.StoreAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await Inner.GetAsync(id, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await Inner.QueryAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(
        string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await Inner.SearchAsync(text, query, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(
        string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await Inner.SearchCompactAsync(text, query, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(
        IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await Inner.GetManyAsync(ids, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await Inner.CountAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await Inner.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask ChangeAsync(
        Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        await OpenForWritingAsync(cancellationToken).ConfigureAwait(false);
        await Inner.ChangeAsync(id, change, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await Inner.DeleteManyAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await Inner.GetStatisticsAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            await InitializeAsync(cancellationToken).ConfigureAwait(false);
            return await Inner.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MemoryBackendException exception)
        {
            return new MemoryBackendHealth(Name, IsHealthy: false, exception.Message);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync().ConfigureAwait(false);
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
