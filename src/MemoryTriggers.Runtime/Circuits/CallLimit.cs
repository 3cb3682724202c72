using Polly;
using Polly.Timeout;

namespace MemoryTriggers.Circuits;

/// <summary>Gives up calls of a store after a time. Each call may have a limit of its own. Thread-safe.</summary>
internal sealed class CallLimit(TimeProvider time)
{
    /// <summary>How long a read takes at most by default, through all stores that it asks.</summary>
    public static readonly TimeSpan Read = TimeSpan.FromSeconds(5);

    /// <summary>How long a check of the health takes at most by default, of a store or of all that it is made of.</summary>
    public static readonly TimeSpan HealthCheck = TimeSpan.FromSeconds(5);

    private static readonly ResiliencePropertyKey<TimeSpan> Limit = new("MemoryTriggers.CallLimit");

    private readonly ResiliencePipeline _timeout = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddTimeout(new TimeoutStrategyOptions
        {
            TimeoutGenerator = static call =>
                ValueTask.FromResult(call.Context.Properties.GetValue(Limit, Timeout.InfiniteTimeSpan)),
        })
        .Build();

    /// <param name="backend">The name of the store.</param>
    /// <param name="limit">How long the call may take; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="call">Calls the store.</param>
    /// <param name="cancellationToken">Gives up before that.</param>
    /// <exception cref="MemoryServiceUnavailableException">The time is up.</exception>
    public async ValueTask<T> RunAsync<T>(
        string backend, TimeSpan limit, Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        if (limit == Timeout.InfiniteTimeSpan) return await call(cancellationToken).ConfigureAwait(false);
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(Limit, limit);
        try
        {
            return await _timeout.ExecuteAsync(static (context, call) => call(context.CancellationToken), context, call)
                .ConfigureAwait(false);
        }
        catch (TimeoutRejectedException exception)
        {
            throw new MemoryServiceUnavailableException(backend, $"no answer within {limit}", innerException: exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
