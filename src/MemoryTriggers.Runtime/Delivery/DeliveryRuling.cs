using MemoryTriggers.Delivery.Holding;

namespace MemoryTriggers.Delivery;

/// <summary>The verdict on a memory.</summary>
/// <param name="Entry">The memory to store; <see langword="null"/> when it is denied.</param>
/// <param name="Hold">For how long it is to be held first; <see langword="null"/> to store it now.</param>
internal readonly record struct DeliveryRuling(MemoryEntry? Entry, HoldingTime? Hold = null)
{
    /// <summary>The callback when it is stored, denied or held; must not wait.</summary>
    public Action? Then { get; init; }
}
