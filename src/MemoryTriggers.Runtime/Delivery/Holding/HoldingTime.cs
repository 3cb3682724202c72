namespace MemoryTriggers.Delivery.Holding;

/// <summary>How long a record is held: for a time, or until so many of its batch are together.</summary>
/// <param name="Longest">The longest time.</param>
/// <param name="Batch">The batch, or <see langword="null"/>.</param>
/// <param name="BatchSize">How many make the batch full.</param>
internal readonly record struct HoldingTime(TimeSpan Longest, string? Batch = null, int BatchSize = 0);
