using Mediator;
using Shop.Storage;

namespace Shop.Features.Catalog;

/// <summary>Answers questions about prices.</summary>
internal sealed class QueryHandler(ShopDb db) : IQueryHandler<PriceQuery, decimal?>
{
    private static readonly Dictionary<string, decimal> Rates = new() { ["EUR"] = 1, ["USD"] = 1.1m, ["GBP"] = 0.85m };

    public async ValueTask<decimal?> Handle(PriceQuery query, CancellationToken cancellationToken)
    {
        var product = await db.Products.FindAsync([query.Product], cancellationToken);
        if (product is null) return null;
        if (!Rates.TryGetValue(query.Currency, out var rate))
            throw new InvalidOperationException($"There is no exchange rate for {query.Currency}");
        return product.Price * rate;
    }
}
