using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace MemoryTriggers.Backends.Chain;

/// <summary>A store of the chain behind its circuit breaker. Opened when it is first needed, and again until that succeeds. Thread-safe.</summary>
internal sealed class ChainLink : IAsyncDisposable
{
    private readonly BackendChainOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _breaker;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile bool _isOpen;

    public ChainLink(IMemoryBackend backend, BackendChainOptions options, TimeProvider time, ILogger logger)
    {
        (Backend, _options, _time) = (backend, options, time);
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

    public IMemoryBackend Backend { get; }

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
            return await _breaker.ExecuteAsync(token => LimitedAsync(call, token), cancellationToken).ConfigureAwait(false);
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
        var thrown = await CallAsync(
            async (backend, token) =>
            {
                ExceptionDispatchInfo? failure = null;
                try
                {
                    await backend.ChangeAsync(id, Guarded, token).ConfigureAwait(false);
                    return null;
                }
                catch (Exception) when (failure is not null)
                {
                    return failure;
                }

                IReadOnlyList<MemoryEntry> Guarded(MemoryEntry? current)
                {
                    try
                    {
                        return change(current);
                    }
                    catch (Exception exception)
                    {
                        failure = ExceptionDispatchInfo.Capture(exception);
                        throw;
                    }
                }
            },
            cancellationToken).ConfigureAwait(false);
        thrown?.Throw();
    }

    public async ValueTask DisposeAsync()
    {
        await Backend.DisposeAsync().ConfigureAwait(false);
        _opening.Dispose();
    }

    private async ValueTask<T> LimitedAsync<T>(Func<IMemoryBackend, CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.OperationTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            if (!_isOpen) await OpenAsync(either.Token).ConfigureAwait(false);
            return await call(Backend, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException exception)
        {
            throw new MemoryBackendException(Name, $"no answer within {_options.OperationTimeout}", isTransient: true, exception);
        }
        catch (Exception exception) when (exception is not MemoryBackendException and not ObjectDisposedException)
        {
            // Backend boundary: whatever else a backend throws is an outage.
            throw new MemoryBackendException(Name, exception.Message, isTransient: true, exception);
        }
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
