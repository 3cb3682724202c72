using MemoryTriggers.Circuits;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.Chain;

/// <summary>
/// A store of the chain behind its circuit breaker. Opened when it is first needed, and again until that succeeds. Thread-safe.
/// </summary>
internal sealed class ChainLink : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile bool _isOpen;

    private readonly TimeSpan _readTimeout;

    public ChainLink(IMemoryBackend backend, BackendChainOptions options, TimeSpan readTimeout, TimeProvider time, ILogger logger)
    {
        (Backend, _readTimeout) = (backend, readTimeout);
        Circuit = new CircuitBreaker(backend.Name, options.CircuitBreaker, time, logger);
    }

    public IMemoryBackend Backend { get; }

    public string Name => Backend.Name;

    public CircuitBreaker Circuit { get; }

    /// <summary>Whether calls are let through, as far as one knows without calling.</summary>
    public bool IsAvailable => Circuit.IsAvailable;

    /// <exception cref="MemoryBackendException">It refuses (not transient), or is unavailable, takes too long, or has its circuit open
    /// (transient).</exception>
    public ValueTask<T> CallAsync<T>(Func<IMemoryBackend, CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken,
        TimeSpan? limit = null) =>
        Circuit.ExecuteAsync(token => OpenedAsync(call, token), CallLength.Limited, cancellationToken, limit);

    /// <summary>The same, and leaves of the time of the whole read enough for the other stores.</summary>
    /// <exception cref="MemoryBackendException">As <see cref="CallAsync"/>.</exception>
    public ValueTask<T> ReadAsync<T>(Func<IMemoryBackend, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken) =>
        CallAsync(read, cancellationToken, _readTimeout);

    /// <summary>Calls the store, also while its circuit is open.</summary>
    /// <exception cref="MemoryBackendException">It is unavailable.</exception>
    public ValueTask<MemoryBackendHealth> CheckHealthAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        Circuit.CheckAsync(
            token => OpenedAsync(static (backend, either) => backend.CheckHealthAsync(either), token), cancellationToken, limit);

    /// <exception cref="MemoryBackendException">As <see cref="CallAsync"/>; nothing counts as stored.</exception>
    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) => await CallAsync(
        async (backend, token) =>
        {
            await backend.StoreAsync(batch, token).ConfigureAwait(false);
            return true;
        },
        cancellationToken).ConfigureAwait(false);

    /// <summary>Exceptions of <paramref name="change"/> belong to the caller, and are no failure of the store.</summary>
    /// <exception cref="MemoryBackendException">As <see cref="CallAsync"/>; nothing counts as changed.</exception>
    public async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        var thrown = await CallAsync((backend, token) => ChangeCall.RunAsync(backend, id, change, token), cancellationToken)
            .ConfigureAwait(false);
        thrown?.Throw();
    }

    public async ValueTask DisposeAsync()
    {
        await Backend.DisposeAsync().ConfigureAwait(false);
        _opening.Dispose();
    }

    private async ValueTask<T> OpenedAsync<T>(Func<IMemoryBackend, CancellationToken, ValueTask<T>> call,
        CancellationToken cancellationToken)
    {
        if (!_isOpen) await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await call(Backend, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isOpen) return;
            await Backend.InitializeAsync(cancellationToken).ConfigureAwait(false);
            _isOpen = true;
        }
        finally
        {
            _opening.Release();
        }
    }
}
