using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Console;
using Shop.Features.Accounts;

namespace Shop;

/// <summary>A day in the shop: orders fail, an operator changes the supplier, orders go through.</summary>
internal static class Demo
{
    public static async Task RunAsync(string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("shop-");
        try
        {
            await using var shop = await ShopHost.BuildAsync(
                ["--urls", "http://127.0.0.1:0", "--database", Path.Combine(folder.FullName, "shop.db"), .. arguments],
                static builder => builder.Logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.None));
            await shop.StartAsync();
            await SendRequestsAsync(new Uri(shop.Urls.First()));
            await shop.Services.GetRequiredService<MemoryReport>().WriteAsync(Console.Out);
            await shop.StopAsync();
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task SendRequestsAsync(Uri shop)
    {
        using var visitor = new Visitor(shop, Operator.Email, Operator.Password);
        await visitor.LogInAsync();
        await SendAsync(visitor, HttpMethod.Get, "/products");
        for (var number = 1; number <= 4; number++) await OrderAsync(visitor, number);
        await SendAsync(visitor, HttpMethod.Get, "/reports/2026");
        await SendAsync(visitor, HttpMethod.Put, "/supplier/south");
        for (var number = 5; number <= 8; number++) await OrderAsync(visitor, number);
        Console.WriteLine();
    }

    private static Task OrderAsync(Visitor visitor, int number) =>
        SendAsync(visitor, HttpMethod.Post, "/orders", new { Item = number % 2 == 0 ? "tea" : "cocoa", Quantity = number });

    private static async Task SendAsync(Visitor visitor, HttpMethod method, string path, object? body = null) =>
        Console.WriteLine($"{method} {path}: {await visitor.SendAsync(method, path, body)}");
}
