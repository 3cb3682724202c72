namespace Shop;

/// <summary>A day in the shop: orders fail, an operator changes the supplier, orders go through.</summary>
internal static class Demo
{
    public static async Task RunAsync(Uri shop)
    {
        using var client = new HttpClient { BaseAddress = shop };
        await SendAsync(client, HttpMethod.Get, "/products");
        for (var number = 1; number <= 4; number++) await OrderAsync(client, number);
        await SendAsync(client, HttpMethod.Get, "/reports/2026");
        await SendAsync(client, HttpMethod.Put, "/supplier/south");
        for (var number = 5; number <= 8; number++) await OrderAsync(client, number);
        Console.WriteLine();
    }

    private static Task OrderAsync(HttpClient client, int number) => SendAsync(client, HttpMethod.Post, "/orders", new Order(number % 2 == 0 ? "tea" : "cocoa", number));

    private static async Task SendAsync(HttpClient client, HttpMethod method, string path, Order? order = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = order is null ? null : JsonContent.Create(order) };
        using var response = await client.SendAsync(request);
        Console.WriteLine($"{method} {path}: {(int)response.StatusCode}");
    }
}
