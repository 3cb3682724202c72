namespace MemoryTriggers;

/// <summary>The counts of a queue at one moment.</summary>
/// <param name="Ready">May be taken now, those included whose lease has ended.</param>
/// <param name="Delayed">Wait for their time.</param>
/// <param name="Leased">Are leased to a worker.</param>
/// <param name="Dead">Were given up.</param>
public sealed record WorkQueueCounts(long Ready, long Delayed, long Leased, long Dead);
