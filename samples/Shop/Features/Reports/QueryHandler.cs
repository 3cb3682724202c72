using Mediator;
using Microsoft.EntityFrameworkCore;
using Shop.Storage;

namespace Shop.Features.Reports;

/// <summary>Adds up the sales. Another class of the same name answers questions about prices.</summary>
internal sealed class QueryHandler(ShopDb db, TimeProvider time) : IQueryHandler<SalesQuery, int>
{
    private const int FirstLedger = 2020;

    public async ValueTask<int> Handle(SalesQuery query, CancellationToken cancellationToken)
    {
        if (query.Year < FirstLedger) throw new InvalidDataException($"The ledger of {query.Year} is not readable");

        // Adding up takes its time, and is remembered as slow.
        await Task.Delay(TimeSpan.FromMilliseconds(700), time, cancellationToken);
        return await db.Orders.SumAsync(static order => order.Quantity, cancellationToken);
    }
}
