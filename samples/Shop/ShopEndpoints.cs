namespace Shop;

/// <summary>What customers and operators ask the shop.</summary>
internal static class ShopEndpoints
{
    private static readonly string[] Items = ["tea", "coffee", "cocoa"];

    public static void MapShop(this WebApplication app)
    {
        app.MapGet("/products", static () => Items);
        app.MapPost("/orders", static async (Order order, OrderDesk desk, CancellationToken token) => Results.Created((string?)null, new { Number = await desk.PlaceAsync(order, token) }));

        // Adding up takes its time, and is remembered as slow.
        app.MapGet("/reports/{year:int}", static async (int year, TimeProvider time, CancellationToken token) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), time, token);
            return new { Year = year, Sold = 42 };
        });

        app.MapPut("/supplier/{name}", static (string name, SupplierChoice choice) => choice.SwitchTo(name)).RememberAs("switch supplier");
        app.MapGet("/memories", static async (MemoryReport report, HttpContext context) =>
        {
            using var text = new StringWriter();
            await report.WriteAsync(text);
            return Results.Text(text.ToString());
        });
    }
}
