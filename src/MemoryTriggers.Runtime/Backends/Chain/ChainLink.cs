using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace MemoryTriggers.Backends.Chain;

/// <summary>A store of the chain behind its circuit breaker. Opened when it is first needed, and again until that succeeds. Thread-safe.</summary>
internal sealed class ChainLink : IAsyncDisposable
{
    private readonly GuardedBackend _guarded;
    private readonly ResiliencePipeline _breaker;
    private readonly CircuitBreakerStateProvider _state = new();

    public ChainLink(IMemoryBackend backend, BackendChainOptions options, TimeProvider time, ILogger logger)
    {
        _guarded = new GuardedBackend(backend, options.OperationTimeout, time);
        _breaker = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is MemoryBackendException { IsTransient: true }),
                FailureRatio = 0.5,
                MinimumThroughput = options.FailureThreshold,
                SamplingDuration = options.FailureWindow,
                BreakDuration = options.RecoveryTimeout,
                StateProvider = _state,
                OnOpened = arguments =>
                {
                    Log.CircuitOpened(logger, backend.Name, arguments.BreakDuration);
                    return default;
                },
                OnClosed = _ =>
                {
                    Log.CircuitClosed(logger, backend.Name);
                    return default;
                },
            })
            .Build();
    }

    public IMemoryBackend Backend => _guarded.Backend;

    public string Name => Backend.Name;

    /// <summary>Whether calls are let through, as far as one knows without calling.</summary>
    public bool IsAvailable => _state.CircuitState is CircuitState.Closed or CircuitState.HalfOpen;

    /// <summary>The state of the breaker in the words of the reference: <c>closed</c>, <c>open</c>, <c>half_open</c>.</summary>
    public string State => _state.CircuitState switch
    {
        CircuitState.Closed => "closed",
        CircuitState.HalfOpen => "half_open",
        _ => "open",
    };

    /// <exception cref="MemoryBackendException">It refuses (not transient), or is away, takes too long, or is left alone (transient).</exception>
    public async ValueTask<T> CallAsync<T>(Func<IMemoryBackend, CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await _breaker.ExecuteAsync(token => _guarded.CallAsync(call, token), cancellationToken).ConfigureAwait(false);
        }
        catch (BrokenCircuitException exception)
        {
            throw new MemoryBackendException(Name, "it has failed too often and is left alone for now", isTransient: true, exception);
        }
    }

    /// <exception cref="MemoryBackendException">As <see cref="CallAsync"/>; nothing counts as stored.</exception>
    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) => await CallAsync(
        async (backend, token) =>
        {
            await backend.StoreAsync(batch, token).ConfigureAwait(false);
            return true;
        },
        cancellationToken).ConfigureAwait(false);

    /// <summary>What <paramref name="change"/> throws is the caller's, and no failure of the store.</summary>
    /// <exception cref="MemoryBackendException">As <see cref="CallAsync"/>; nothing counts as changed.</exception>
    public async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        var thrown = await CallAsync((backend, token) => GuardedChange.RunAsync(backend, id, change, token), cancellationToken).ConfigureAwait(false);
        thrown?.Throw();
    }

    public ValueTask DisposeAsync() => _guarded.DisposeAsync();
}
