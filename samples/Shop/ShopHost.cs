using Shop.Errors;
using Shop.Features.Accounts;
using Shop.Features.Invoices;
using Shop.Features.Orders;
using Shop.Features.Reports;
using Shop.Features.Stock;
using Shop.Features.Suppliers;
using Shop.Storage;

namespace Shop;

/// <summary>The shop as a web application that is ready to start.</summary>
internal static class ShopHost
{
    public static async Task<WebApplication> BuildAsync(string[] arguments, Action<WebApplicationBuilder>? configure = null)
    {
        var name = typeof(ShopHost).Assembly.GetName().Name;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ApplicationName = name });
        // First: hosted services that start before the memory are not remembered.
        var remembers = builder.AddMemory();
        AddFeatures(builder);
        configure?.Invoke(builder);

        var app = builder.Build();
        if (remembers) app.UseMemoryTriggers(static options => options.SlowerThan = TimeSpan.FromMilliseconds(500));
        app.UseMiddleware<ProblemMiddleware>();
        app.UseAuthentication();
        app.UseAuthorization();
        MapFeatures(app);
        if (remembers) app.MapMemory();
        await Seed.RunAsync(app.Services);
        return app;
    }

    private static void AddFeatures(WebApplicationBuilder builder)
    {
        builder.AddStorage();
        builder.AddAccounts();
        builder.Services.AddControllers();
        builder.Services.AddMediator(static options => options.ServiceLifetime = ServiceLifetime.Scoped);
        builder.Services.AddOrders().AddSuppliers().AddInvoices().AddStockCount();
    }

    private static void MapFeatures(WebApplication app)
    {
        app.MapControllers();
        app.MapAccounts();
        app.MapOrders();
        app.MapReports();
        app.MapInvoices();
        app.MapStock();
        app.MapSuppliers();
    }
}
