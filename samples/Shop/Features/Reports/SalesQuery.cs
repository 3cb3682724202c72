using Mediator;

namespace Shop.Features.Reports;

/// <summary>How much was sold in a year?</summary>
internal sealed record SalesQuery(int Year) : IQuery<int>;
