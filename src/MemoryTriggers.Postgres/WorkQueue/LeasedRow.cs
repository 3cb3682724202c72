namespace MemoryTriggers.WorkQueue;

/// <summary>What the table gives with a lease.</summary>
internal sealed record LeasedRow(string Key, byte[] Payload, int Attempt, Guid Lease, DateTimeOffset EndsAt);
