using Shop.Features.Accounts;

namespace Shop.Features.Stock;

/// <summary>The stock, counted at night or when an operator asks for it.</summary>
internal static class StockEndpoints
{
    public static IServiceCollection AddStockCount(this IServiceCollection services) =>
        services.AddScoped<StockCount>().AddHostedService<NightlyCount>();

    public static void MapStock(this WebApplication app) =>
        app.MapPost("/stock/counts", static (StockCount count, CancellationToken token) => count.CountAsync(token))
            .RequireAuthorization(Operator.Role);
}
