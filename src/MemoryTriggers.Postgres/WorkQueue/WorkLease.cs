using MemoryTriggers.WorkQueue;

namespace MemoryTriggers;

/// <summary>
/// Work that no other worker gets until the lease expires, or is ended. Work that takes longer needs a heartbeat. Thread-safe.
/// </summary>
/// <remarks>
/// A call that comes too late, because the lease has expired and another worker has the work, returns <see langword="false"/> and changes
/// nothing.
/// </remarks>
public sealed class WorkLease
{
    private readonly PostgresWorkQueue _queue;
    private readonly LeasedRow _row;

    internal WorkLease(PostgresWorkQueue queue, LeasedRow row) => (_queue, _row) = (queue, row);

    /// <summary>The name of the work.</summary>
    public string Key => _row.Key;

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Payload => _row.Payload;

    /// <summary>Which attempt this is, from 1.</summary>
    public int Attempt => _row.Attempt;

    /// <summary>When it ends, by the server's clock, if it is not renewed.</summary>
    public DateTimeOffset EndsAt => _row.EndsAt;

    /// <summary>The work is done and leaves the queue.</summary>
    /// <returns><see langword="false"/> when another one has it by now.</returns>
    /// <exception cref="MemoryBackendException">The server did not confirm it.</exception>
    public ValueTask<bool> CompleteAsync(CancellationToken cancellationToken) => _queue.CompleteAsync(_row, cancellationToken);

    /// <summary>Begins the time of the lease again.</summary>
    /// <returns><see langword="false"/> when another one has it by now.</returns>
    /// <exception cref="MemoryBackendException">The server did not confirm it.</exception>
    public ValueTask<bool> RenewAsync(CancellationToken cancellationToken) => _queue.RenewAsync(_row, cancellationToken);

    /// <summary>Gives the work back. It is dead if this was the last attempt.</summary>
    /// <param name="delay">How long it is not given out, up to 365 days.</param>
    /// <param name="reason">The reason, shown with dead work; the first 1,000 characters are kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><see langword="false"/> when another one has it by now.</returns>
    /// <exception cref="MemoryBackendException">The server did not confirm it.</exception>
    public ValueTask<bool> AbandonAsync(TimeSpan delay, string reason, CancellationToken cancellationToken) =>
        _queue.AbandonAsync(_row, delay, reason, cancellationToken);

    /// <summary>Renews the lease at once, and then three times in its time, until the heartbeat is disposed of.</summary>
    /// <exception cref="MemoryBackendException">The server did not confirm the first renewal.</exception>
    public ValueTask<WorkHeartbeat> StartHeartbeatAsync(CancellationToken cancellationToken) =>
        _queue.StartHeartbeatAsync(_row, cancellationToken);
}
