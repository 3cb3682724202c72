using MemoryTriggers.Circuits;

namespace MemoryTriggers.Backends;

/// <summary>
/// A store that is opened when it is first needed, and again until that succeeds, and whose calls end after a time. Thread-safe.
/// </summary>
internal sealed class LimitedBackend(IMemoryBackend backend, TimeSpan operationTimeout, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly CallLimit _limit = new(time);
    private volatile bool _isOpen;

    public IMemoryBackend Backend { get; } = backend;

    /// <exception cref="MemoryBackendException">It refuses (not transient), or is unavailable, or takes too long (transient).</exception>
    public async ValueTask<T> CallAsync<T>(
        Func<IMemoryBackend, CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        try
        {
            return await _limit.RunAsync(Backend.Name, limit ?? operationTimeout, token => OpenedAsync(call, token), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is not MemoryBackendException and not ObjectDisposedException)
        {
            // Backend boundary: whatever else a backend throws is an outage.
            throw new MemoryBackendException(Backend.Name, exception.Message, isTransient: true, exception)
            {
                IsUnexpected = !StoreFailure.IsOutage(exception),
            };
        }
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
