using MemoryTriggers;
using Microsoft.EntityFrameworkCore;
using Shop.Storage;

namespace Shop.Features.Invoices;

/// <summary>Sends the invoices that are due.</summary>
internal sealed class InvoiceRun(ShopDb db)
{
    /// <returns>How many were sent.</returns>
    /// <exception cref="InvalidOperationException">An order has no address; the other invoices wait as well.</exception>
    [WorkflowMemoryTrigger(WorkflowType = "invoices", Content = "Sent {result} invoices")]
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        var due = await db.Orders.Where(static order => !order.Invoiced).OrderBy(static order => order.Id).ToListAsync(cancellationToken);
        foreach (var order in due)
        {
            var customer = await db.Users.FindAsync([order.CustomerId], cancellationToken);
            if (customer?.Address is null)
                throw new InvalidOperationException($"Order {order.Id} of customer {order.CustomerId} has no billing address");
            order.Invoiced = true;
        }

        await db.SaveChangesAsync(cancellationToken);
        return due.Count;
    }
}
