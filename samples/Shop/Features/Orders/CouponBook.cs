using System.Collections.Concurrent;
using MemoryTriggers;

namespace Shop.Features.Orders;

/// <summary>The coupons that are valid. One of them was entered with a mistake.</summary>
internal sealed class CouponBook
{
    private readonly ConcurrentDictionary<string, int> _percent = new() { ["SPRING"] = 10, ["FREE100"] = 1000 };

    /// <returns>What is left to pay, in percent.</returns>
    /// <exception cref="InvalidOperationException">The coupon is worth more than the order.</exception>
    public int Rest(string? coupon)
    {
        if (coupon is null || !_percent.TryGetValue(coupon, out var percent)) return 100;
        return percent <= 100 ? 100 - percent : throw new InvalidOperationException($"Coupon {coupon} makes the total negative");
    }

    /// <summary>What an operator does when a coupon is wrong.</summary>
    [DecisionMemoryTrigger("coupons", Content = "Withdrew the coupon {coupon}")]
    public void Withdraw(string coupon) => _percent.TryRemove(coupon, out _);
}
