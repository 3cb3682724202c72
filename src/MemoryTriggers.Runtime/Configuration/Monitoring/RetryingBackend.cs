using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>
/// Repeats reads that fail for a while, and logs operations. The time limit of a read is around all of its repetitions; delivery repeats
/// writes. Thread-safe.
/// </summary>
internal sealed class RetryingBackend(IMemoryBackend inner, LiveConfiguration live, TimeProvider time, ILogger<RetryingBackend> logger)
    : DelegatingMemoryBackend(inner)
{
    // Where it waits between two attempts counts at the start, as for writes.
    private readonly TimeSpan _retryDelay = TimeSpan.FromSeconds(live.Current.Backend.RetryDelay);

    public override async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) =>
        await OnceAsync("Store", async token =>
        {
            await Inner.StoreAsync(batch, token).ConfigureAwait(false);
            return batch.Count;
        }, static count => count, cancellationToken).ConfigureAwait(false);

    public override ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        OnceAsync("Delete", token => Inner.DeleteAsync(id, token), static deleted => deleted ? 1 : 0, cancellationToken);

    public override async ValueTask ChangeAsync(
        Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken) =>
        await OnceAsync("Change", async token =>
        {
            await Inner.ChangeAsync(id, change, token).ConfigureAwait(false);
            return 1;
        }, static count => count, cancellationToken).ConfigureAwait(false);

    public override ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        OnceAsync("Delete", token => Inner.DeleteManyAsync(query, token), static count => (int)count, cancellationToken);

    public override ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync("Statistics", token => Inner.GetStatisticsAsync(query, token), static _ => 0, cancellationToken);

    public override ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        ReadAsync("Get", token => Inner.GetAsync(id, token), static entry => entry is null ? 0 : 1, cancellationToken);

    public override ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync("Query", token => Inner.QueryAsync(query, token), static list => list.Count, cancellationToken);

    public override ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync("Search", token => Inner.SearchAsync(text, query, token), static list => list.Count, cancellationToken);

    public override ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(
        string text, MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync("Search", token => Inner.SearchCompactAsync(text, query, token), static list => list.Count, cancellationToken);

    public override ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(
        IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        ReadAsync("Get", token => Inner.GetManyAsync(ids, token), static list => list.Count, cancellationToken);

    public override ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        ReadAsync("Count", token => Inner.CountAsync(query, token), static _ => 0, cancellationToken);

    private async ValueTask<TAnswer> ReadAsync<TAnswer>(
        string operation, Func<CancellationToken, ValueTask<TAnswer>> read, Func<TAnswer, int> count, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await OnceAsync(operation, read, count, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (MayPass(exception) && attempt < (live.Current.Backend.MaxRetries ?? 0)
                && !cancellationToken.IsCancellationRequested)
            {
                // Backend boundary: whatever a store throws, but a refusal, is an outage.
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
            if (live.Current.Monitoring.LogMemoryOperations)
                Log.Operation(logger, operation, Name, count(answer), time.GetElapsedTime(started));
            return answer;
        }
        finally
        {
            var elapsed = time.GetElapsedTime(started);
            var monitoring = live.Current.Monitoring;
            if (monitoring.PerformanceMonitoringEnabled && elapsed.TotalMilliseconds >= monitoring.SlowOperationThresholdMs)
                Log.Slow(logger, operation, Name, elapsed);
        }
    }

    private static bool MayPass(Exception exception) =>
        exception is not MemoryBackendException { IsTransient: false } and not ObjectDisposedException;
}
