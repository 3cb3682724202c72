using MemoryTriggers;
using Shop.Features.Suppliers;
using Shop.Storage;

namespace Shop.Features.Orders;

/// <summary>Takes orders.</summary>
internal sealed class OrderDesk(SupplierClient supplier, SupplierChoice choice, CouponBook coupons, ShopDb db)
{
    private const int LargestParcel = 100;
    private const string ExpiredCards = "4000";

    /// <returns>The number of the order.</returns>
    /// <exception cref="SupplierUnavailableException">The supplier cannot deliver.</exception>
    /// <exception cref="PaymentDeclinedException">The card is not accepted.</exception>
    /// <exception cref="InvalidOperationException">The order cannot be sent, or the coupon is wrong.</exception>
    [WorkflowMemoryTrigger(WorkflowType = "order", CaptureArguments = true,
        Content = "Customer {customer} ordered {order.Quantity} {order.Item}: order {result}")]
    public async Task<int> PlaceAsync(int customer, NewOrder order, CancellationToken cancellationToken)
    {
        if (order.Quantity > LargestParcel)
            throw new InvalidOperationException($"{order.Quantity} {order.Item} do not fit into one parcel");
        if (coupons.Rest(order.Coupon) > 0 && order.Card?.StartsWith(ExpiredCards, StringComparison.Ordinal) == true)
            throw new PaymentDeclinedException(customer, "the card has expired");
        await supplier.ReserveAsync(choice.Current, order.Item, cancellationToken);

        var placed = new Order { CustomerId = customer, Item = order.Item, Quantity = order.Quantity };
        db.Orders.Add(placed);
        await db.SaveChangesAsync(cancellationToken);
        return placed.Id;
    }
}
