using Shop.Features.Accounts;

namespace Shop.Features.Invoices;

/// <summary>Operators may send invoices at once.</summary>
internal static class InvoiceEndpoints
{
    public static IServiceCollection AddInvoices(this IServiceCollection services) => services.AddScoped<InvoiceRun>();

    public static void MapInvoices(this WebApplication app) =>
        app.MapPost("/invoices", static (InvoiceRun run, CancellationToken token) => run.SendAsync(token))
            .RequireAuthorization(Operator.Role);
}
