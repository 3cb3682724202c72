namespace MemoryTriggers.Delivery;

/// <summary>What became of the records that left the journal. Thread-safe.</summary>
internal sealed class DeliveryCounters
{
    private long _stored;
    private long _deadLettered;
    private long _retries;

    public long Stored => Interlocked.Read(ref _stored);

    public long DeadLettered => Interlocked.Read(ref _deadLettered);

    public long Retries => Interlocked.Read(ref _retries);

    public void AddStored(int count) => Interlocked.Add(ref _stored, count);

    public void AddDeadLettered() => Interlocked.Increment(ref _deadLettered);

    public void AddRetry() => Interlocked.Increment(ref _retries);
}
