using MemoryTriggers.Delivery.Holding;

namespace MemoryTriggers.Delivery;

/// <summary>What is to become of a memory.</summary>
/// <param name="Entry">What is to be stored; <see langword="null"/> when it is denied.</param>
/// <param name="Hold">For how long it is to be held first; <see langword="null"/> to store it now.</param>
internal readonly record struct DeliveryRuling(MemoryEntry? Entry, HoldingTime? Hold = null)
{
    /// <summary>What is to be done when it is stored, denied or held; must not wait.</summary>
    public Action? Then { get; init; }
}
