using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop;

namespace MemoryTriggers.Shop.Tests.Running;

/// <summary>The shop in this process, on a free port of the loopback address.</summary>
internal sealed class RunningShop(WebApplication app) : IAsyncDisposable
{
    public Uri Address => new(app.Urls.First());

    public MemoryTriggerService Memory => app.Services.GetRequiredService<MemoryTriggerService>();

    /// <param name="memories">The data folder of MemoryTriggers.</param>
    /// <param name="database">The file with customers, products and orders.</param>
    /// <param name="log">Receives what the shop logs, instead of the console.</param>
    public static async Task<RunningShop> StartAsync(string memories, string database, ILoggerProvider log)
    {
        var app = await ShopHost.BuildAsync(
            ["--urls", "http://127.0.0.1:0", "--data", memories, "--database", database],
            builder => builder.Logging.ClearProviders().AddProvider(log));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningShop(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }
}
