namespace Shop;

/// <summary>Two suppliers, which stand for services of somebody else: <c>north</c> refuses every second reservation, <c>south</c> none.</summary>
internal static class SupplierEndpoints
{
    private static int _asked;

    public static void MapSuppliers(this WebApplication app) =>
        // Their failures are theirs: the shop remembers its own.
        app.MapPost("/suppliers/{name}/reservations/{item}", [MemoryTriggers.NoMemoryTrigger] static (string name) =>
            name == "north" && Interlocked.Increment(ref _asked) % 2 == 0 ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.NoContent());
}
