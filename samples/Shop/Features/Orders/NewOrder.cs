using MemoryTriggers;

namespace Shop.Features.Orders;

/// <summary>What a customer orders. The number of the card never leaves this object.</summary>
internal sealed record NewOrder(string Item, int Quantity, [property: Sensitive] string? Card = null, string? Coupon = null);
