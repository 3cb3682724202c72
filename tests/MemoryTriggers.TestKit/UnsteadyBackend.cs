namespace MemoryTriggers.TestKit;

/// <summary>A store in memory under any name, that can be away, hang, refuse, or lose its answer after storing. It is kept when disposed of, to be opened again.</summary>
/// <param name="name">Its name.</param>
/// <param name="shared">Its memories, which others may have as well.</param>
internal sealed class UnsteadyBackend(string name, InMemoryMemoryBackend? shared = null) : IMemoryBackend, INotifyMemoryChanges
{
    private readonly InMemoryMemoryBackend _inner = shared ?? new();

    public bool IsAway { get; set; }

    public bool Hangs { get; set; }

    /// <summary>Its calls are cancelled by itself, as those of a client with a time limit of its own.</summary>
    public bool CancelsItself { get; set; }

    public bool Refuses { get; set; }

    public bool LosesReplies { get; set; }

    /// <summary>Runs before a batch is stored; may throw.</summary>
    public Action<IReadOnlyList<MemoryEntry>>? BeforeStore { get; set; }

    public int Calls { get; private set; }

    public event EventHandler<MemoriesChangedEventArgs>? MemoriesChanged;

    public void TellChanged() => MemoriesChanged?.Invoke(this, new MemoriesChangedEventArgs(null));

    public string Name => name;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => AnswerAsync(cancellationToken);

    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        if (Refuses) throw new MemoryBackendException(name, "400", isTransient: false);
        BeforeStore?.Invoke(batch);
        await _inner.StoreAsync(batch, cancellationToken);
        if (LosesReplies) throw new MemoryBackendException(name, "the reply was lost", isTransient: true);
    }

    public async ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return await _inner.GetAsync(id, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return await _inner.QueryAsync(query, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return await _inner.SearchAsync(text, query, cancellationToken);
    }

    public async ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return await _inner.CountAsync(query, cancellationToken);
    }

    public async ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return await _inner.DeleteAsync(id, cancellationToken);
    }

    public object? GetService(Type serviceType, object? key = null) => key is null && serviceType.IsInstanceOfType(this) ? this : null;

    public async ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return await _inner.CheckHealthAsync(cancellationToken) with { BackendName = name };
    }

    public ValueTask DisposeAsync() => default;

    private async ValueTask AnswerAsync(CancellationToken cancellationToken)
    {
        Calls++;
        if (CancelsItself) throw new TaskCanceledException("the client gave up");
        if (Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        if (IsAway) throw new MemoryBackendException(name, "there is no connection", isTransient: true);
    }
}
