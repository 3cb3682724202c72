using Mediator;

namespace Shop.Features.Catalog;

/// <summary>What does a product cost in a currency?</summary>
internal sealed record PriceQuery(int Product, string Currency) : IQuery<decimal?>;
