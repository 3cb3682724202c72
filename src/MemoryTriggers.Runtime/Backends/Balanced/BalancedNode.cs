using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.Balanced;

/// <summary>One way to the store: how busy it is, and whether it works. Thread-safe.</summary>
internal sealed class BalancedNode(IMemoryBackend backend, string name, BalancedBackendOptions options, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    private readonly LimitedBackend _guarded = new(backend, options.OperationTimeout, time);
    private int _inFlight;
    private int _failures;
    private int _isAway;
    private int _isSuspect;

    public IMemoryBackend Backend => _guarded.Backend;

    public string Name { get; } = name;

    /// <summary>How many calls have not been answered yet.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public bool IsAway => Volatile.Read(ref _isAway) != 0;

    /// <summary>Whether its health is to be checked: it is unavailable, or a call to it timed out.</summary>
    public bool NeedsProbe => IsAway || Volatile.Read(ref _isSuspect) != 0;

    /// <exception cref="MemoryBackendException">It refuses (not transient, and works), or is unavailable (transient).</exception>
    public async ValueTask<T> CallAsync<T>(Func<IMemoryBackend, CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _inFlight);
        try
        {
            var answer = await _guarded.CallAsync(call, cancellationToken).ConfigureAwait(false);
            Worked();
            return answer;
        }
        catch (MemoryBackendException exception)
        {
            if (exception.IsTransient) Failed(exception.Message, options.FailureThreshold);
            else Worked();
            throw;
        }
        catch (OperationCanceledException)
        {
            // Perhaps the caller has no time, perhaps it hangs: the next probe finds out.
            Volatile.Write(ref _isSuspect, 1);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    /// <summary>Opens it, in one attempt.</summary>
    /// <exception cref="MemoryBackendException">It cannot be opened: it is unavailable.</exception>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _guarded.CallAsync(static (_, _) => new ValueTask<bool>(true), cancellationToken).ConfigureAwait(false);
            Worked();
        }
        catch (MemoryBackendException exception)
        {
            Failed(exception.Message, threshold: 1);
            throw;
        }
    }

    /// <summary>Asks it whether it works. One that says no is unavailable, one that says yes is back.</summary>
    public async ValueTask<MemoryBackendHealth> CheckHealthAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isSuspect, 0);
        try
        {
            var health = await _guarded.CallAsync(
                static (backend, token) => backend.CheckHealthAsync(token), cancellationToken, limit).ConfigureAwait(false);
            if (health.IsHealthy) Worked();
            else Failed(health.Description, threshold: 1);
            return health;
        }
        catch (MemoryBackendException exception)
        {
            Failed(exception.Message, threshold: 1);
            return new MemoryBackendHealth(Name, false, exception.Message);
        }
    }

    public ValueTask DisposeAsync() => _guarded.DisposeAsync();

    private void Worked()
    {
        Volatile.Write(ref _failures, 0);
        if (IsAway && Interlocked.Exchange(ref _isAway, 0) != 0) Log.NodeBack(logger, Name);
    }

    private void Failed(string problem, int threshold)
    {
        if (Interlocked.Increment(ref _failures) >= threshold && Interlocked.Exchange(ref _isAway, 1) == 0)
            Log.NodeAway(logger, Name, problem);
    }
}
