using MemoryTriggers;

namespace Shop;

/// <summary>Takes orders.</summary>
internal sealed class OrderDesk(SupplierClient supplier, SupplierChoice choice)
{
    private static int _orders;

    /// <returns>The number of the order.</returns>
    /// <exception cref="SupplierUnavailableException">The supplier cannot deliver.</exception>
    [WorkflowMemoryTrigger(WorkflowType = "order", CaptureArguments = true)]
    public async Task<int> PlaceAsync(Order order, CancellationToken cancellationToken)
    {
        await supplier.ReserveAsync(choice.Current, order.Item, cancellationToken);
        return Interlocked.Increment(ref _orders);
    }
}
