using System.Diagnostics;
using MemoryTriggers.Circuits;
using MemoryTriggers.Diagnostics;

namespace MemoryTriggers.Operations;

/// <summary>
/// A store behind its circuit breaker, measured. What it cannot answer is a <see cref="MemoryServiceUnavailableException"/>, never an empty
/// answer. Here is the one time limit of a call. A chain has breakers of its own, and is limited and measured only. Thread-safe.
/// </summary>
internal sealed class GuardedBackend(IMemoryBackend inner, CircuitBreaker? circuit, OperationsOptions options, StoreMeasures measures,
    OperationInstruments instruments, TimeProvider time)
    : DelegatingMemoryBackend(inner)
{
    private readonly CallLimit _limit = new(time);

    private TimeSpan CallTimeout => options.CircuitBreaker.OperationTimeout;

    private TimeSpan ReadTimeout => options.ReadTimeout;

    private TimeSpan SearchTimeout => options.SearchTimeout ?? options.ReadTimeout;

    // What is wrong with a question is said before the store is asked: it is no failure of the store.
    public override async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var activity = Telemetry.StartStore(Name, batch);
        await CallAsync(
            "store", CallLength.LimitedByCaller, Timeout.InfiniteTimeSpan, activity,
            async token =>
            {
                await Inner.StoreAsync(batch, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        measures.Stored(batch);
    }

    public override ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        CallAsync("get", CallLength.Limited, ReadTimeout, token => Inner.GetAsync(id, token), cancellationToken);

    public override ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync("query", CallLength.Limited, ReadTimeout, token => Inner.QueryAsync(query, token), cancellationToken);
    }

    public override ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync("search", CallLength.Limited, SearchTimeout, token => Inner.SearchAsync(text, query, token), cancellationToken);
    }

    public override ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(
        string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync("search", CallLength.Limited, SearchTimeout,
            token => Inner.SearchCompactAsync(text, query, token), cancellationToken);
    }

    public override ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return CallAsync("get", CallLength.Limited, ReadTimeout, token => Inner.GetManyAsync(ids, token), cancellationToken);
    }

    public override ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync("count", CallLength.Limited, ReadTimeout, token => Inner.CountAsync(query, token), cancellationToken);
    }

    public override ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        CallAsync("delete", CallLength.Limited, CallTimeout, token => Inner.DeleteAsync(id, token), cancellationToken);

    public override async ValueTask ChangeAsync(
        Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var thrown = await CallAsync(
            "change", CallLength.Limited, CallTimeout, token => ChangeCall.RunAsync(Inner, id, change, token), cancellationToken)
            .ConfigureAwait(false);
        thrown?.Throw();
    }

    public override ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync("delete_many", CallLength.Long, Timeout.InfiniteTimeSpan,
            token => Inner.DeleteManyAsync(query, token), cancellationToken);
    }

    public override ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        // Its time is in proportion to what is stored: it has the limit of other calls.
        return CallAsync("statistics", CallLength.Long, CallTimeout, token => Inner.GetStatisticsAsync(query, token), cancellationToken);
    }

    /// <summary>Asks the store itself, also while the circuit is open: an answer counts as a call that tries.</summary>
    public override async ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        if (circuit is null) return await Inner.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await circuit.CheckAsync(Inner.CheckHealthAsync, cancellationToken, options.HealthCheckTimeout).ConfigureAwait(false);
        }
        catch (MemoryBackendException exception)
        {
            return new MemoryBackendHealth(Name, IsHealthy: false, exception.Message);
        }
    }

    private async ValueTask<T> CallAsync<T>(string operation, CallLength length, TimeSpan limit,
        Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Start(Name, operation);
        return await CallAsync(operation, length, limit, activity, call, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<T> CallAsync<T>(
        string operation, CallLength length, TimeSpan limit, Activity? activity, Func<CancellationToken, ValueTask<T>> call,
        CancellationToken cancellationToken)
    {
        var started = 0L;
        try
        {
            var answer = circuit is null
                ? await _limit.RunAsync(Name, limit, AskAsync, cancellationToken).ConfigureAwait(false)
                : await circuit.ExecuteAsync(AskAsync, length, cancellationToken, limit).ConfigureAwait(false);
            Note(operation, length, started, activity, null);
            return answer;
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            // Delivery gives up when its time is over.
            if (length == CallLength.LimitedByCaller && started != 0) Note(operation, length, started, activity, exception);
            throw;
        }
        catch (MemoryBackendException exception) when (exception is { IsTransient: true } and not MemoryServiceUnavailableException)
        {
            Note(operation, length, started, activity, exception);
            throw Unavailable(exception);
        }
        catch (Exception exception)
        {
            Note(operation, length, started, activity, exception);
            throw;
        }

        ValueTask<T> AskAsync(CancellationToken token)
        {
            started = time.GetTimestamp();
            return call(token);
        }
    }

    private void Note(string operation, CallLength length, long started, Activity? activity, Exception? exception)
    {
        var error = started == 0 ? "circuit_open" : exception?.GetType().FullName;
        Telemetry.End(activity, error);
        if (started == 0)
        {
            instruments.Rejected(Name, operation);
            return;
        }

        var elapsed = time.GetElapsedTime(started);
        measures.Add(operation, length, elapsed, exception is not null, exception is MemoryBackendException { IsTransient: false });
        instruments.Called(Name, operation, elapsed, error);
    }

    // The store has put its name before the message already.
    private MemoryServiceUnavailableException Unavailable(MemoryBackendException exception)
    {
        var prefix = $"{exception.BackendName}: ";
        var message = exception.Message.StartsWith(prefix, StringComparison.Ordinal)
            ? exception.Message[prefix.Length..]
            : exception.Message;
        return new MemoryServiceUnavailableException(exception.BackendName, message, innerException: exception);
    }
}
