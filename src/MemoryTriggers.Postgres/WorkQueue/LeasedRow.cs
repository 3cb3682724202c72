namespace MemoryTriggers.WorkQueue;

/// <summary>The row of a leased item.</summary>
internal sealed record LeasedRow(string Key, byte[] Payload, int Attempt, Guid Lease, DateTimeOffset EndsAt);
