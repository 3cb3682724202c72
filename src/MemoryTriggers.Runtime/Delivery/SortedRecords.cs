using MemoryTriggers.Delivery.Holding;

namespace MemoryTriggers.Delivery;

/// <summary>A batch as the rules have divided it.</summary>
/// <param name="Store">The memories to store.</param>
/// <param name="Hold">The memories to hold first, and for how long.</param>
/// <param name="Denied">How many go.</param>
/// <param name="Then">What is to be done about those that are held or go.</param>
internal sealed record SortedRecords(List<PendingRecord> Store, List<(HeldRecord Record, HoldingTime Time)> Hold, int Denied,
    List<Action> Then);
