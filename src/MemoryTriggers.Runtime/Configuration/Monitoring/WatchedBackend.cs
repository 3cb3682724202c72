using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>
/// A store whose operations are reported, and whose reads have a deadline and are repeated. Writes are delivery's business. Thread-safe.
/// </summary>
internal sealed class WatchedBackend(IMemoryBackend inner, LiveConfiguration live, TimeProvider time, ILogger<WatchedBackend> logger)
    : DelegatingMemoryBackend(inner)
{
    // Where it waits between two attempts counts at the start, as for writes.
    private readonly TimeSpan _retryDelay = TimeSpan.FromSeconds(live.Current.Backend.RetryDelay);

    private PerformanceSettings Performance => live.Current.Performance;

    public override async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) =>
        await OnceAsync("Store", async token =>
        {
            await Inner.StoreAsync(batch, token).ConfigureAwait(false);
            return batch.Count;
        }, static count => count, cancellationToken).ConfigureAwait(false);

    public override ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        OnceAsync("Delete", token => Inner.DeleteAsync(id, token), static deleted => deleted ? 1 : 0, cancellationToken);

    public override async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken) =>
        await OnceAsync("Change", async token =>
        {
            await Inner.ChangeAsync(id, change, token).ConfigureAwait(false);
            return 1;
        }, static count => count, cancellationToken).ConfigureAwait(false);

    public override ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        OnceAsync("Delete", token => Inner.DeleteManyAsync(query, token), static count => (int)count, cancellationToken);

    public override ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync("Statistics", Performance.RecallTimeout, token => Inner.GetStatisticsAsync(query, token), static _ => 0, cancellationToken);

    public override ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        ReadAsync("Get", Performance.RecallTimeout, token => Inner.GetAsync(id, token), static entry => entry is null ? 0 : 1, cancellationToken);

    public override ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync("Query", Performance.RecallTimeout, token => Inner.QueryAsync(query, token), static list => list.Count, cancellationToken);

    public override ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync("Search", Performance.SearchTimeout, token => Inner.SearchAsync(text, query, token), static list => list.Count, cancellationToken);

    public override ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync("Search", Performance.SearchTimeout, token => Inner.SearchCompactAsync(text, query, token), static list => list.Count, cancellationToken);

    public override ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        ReadAsync("Get", Performance.RecallTimeout, token => Inner.GetManyAsync(ids, token), static list => list.Count, cancellationToken);

    public override ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync("Count", Performance.RecallTimeout, token => Inner.CountAsync(query, token), static _ => 0, cancellationToken);

    public override async ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        var seconds = live.Current.Monitoring.HealthCheckTimeout;
        try
        {
            return await WithinAsync(seconds, Inner.CheckHealthAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (MemoryBackendException exception)
        {
            return new MemoryBackendHealth(Name, IsHealthy: false, exception.Message);
        }
    }

    private ValueTask<TAnswer> ReadAsync<TAnswer>(
        string operation, double? seconds, Func<CancellationToken, ValueTask<TAnswer>> read, Func<TAnswer, int> count, CancellationToken cancellationToken) =>
        WithinAsync(seconds, token => RepeatAsync(operation, read, count, token), cancellationToken);

    private async ValueTask<TAnswer> RepeatAsync<TAnswer>(
        string operation, Func<CancellationToken, ValueTask<TAnswer>> read, Func<TAnswer, int> count, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var backend = live.Current.Backend;
            try
            {
                return await OnceAsync(operation, token => WithinAsync(backend.ReadTimeout, read, token), count, cancellationToken).ConfigureAwait(false);
            }
            catch (MemoryBackendException exception) when (exception.IsTransient && attempt < (backend.MaxRetries ?? 0))
            {
                await Task.Delay(_retryDelay, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<TAnswer> OnceAsync<TAnswer>(
        string operation, Func<CancellationToken, ValueTask<TAnswer>> act, Func<TAnswer, int> count, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var answer = await act(cancellationToken).ConfigureAwait(false);
            if (live.Current.Monitoring.LogMemoryOperations) Log.Operation(logger, operation, Name, count(answer), time.GetElapsedTime(started));
            return answer;
        }
        finally
        {
            var elapsed = time.GetElapsedTime(started);
            var monitoring = live.Current.Monitoring;
            if (monitoring.PerformanceMonitoringEnabled && elapsed.TotalMilliseconds >= monitoring.SlowOperationThresholdMs) Log.Slow(logger, operation, Name, elapsed);
        }
    }

    private async ValueTask<TAnswer> WithinAsync<TAnswer>(double? seconds, Func<CancellationToken, ValueTask<TAnswer>> act, CancellationToken cancellationToken)
    {
        if (seconds is not { } most) return await act(cancellationToken).ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(most), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await act(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new MemoryBackendException(Name, FormattableString.Invariant($"no answer within {most} s"), isTransient: true, exception);
        }
    }
}
