using MemoryTriggers;
using Shop.Features.Accounts;

namespace Shop.Features.Suppliers;

/// <summary>
/// The choice of the supplier, and two suppliers, which stand for services of another company: <c>north</c> refuses every second
/// reservation, <c>south</c> none.
/// </summary>
internal static class SupplierEndpoints
{
    public static IServiceCollection AddSuppliers(this IServiceCollection services)
    {
        services.AddHttpClient<SupplierClient>();
        return services.AddSingleton<SupplierChoice>().AddSingleton<NorthernWarehouse>();
    }

    public static void MapSuppliers(this WebApplication app)
    {
        app.MapPut("/supplier/{name}", static (string name, SupplierChoice choice) => choice.SwitchTo(name))
            .RequireAuthorization(Operator.Role)
            .RememberAs("switch supplier");

        // Their failures are theirs: the shop remembers its own.
        app.MapPost("/suppliers/{name}/reservations/{item}", [NoMemoryTrigger] static (string name, NorthernWarehouse north) =>
            name == "north" && !north.Reserve() ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.NoContent());
    }

    private sealed class NorthernWarehouse
    {
        private int _asked;

        public bool Reserve() => Interlocked.Increment(ref _asked) % 2 != 0;
    }
}
