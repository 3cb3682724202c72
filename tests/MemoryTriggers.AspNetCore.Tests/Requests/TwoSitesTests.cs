using System.Net;
using MemoryTriggers.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MemoryTriggers.AspNetCore.Tests.Requests;

/// <summary>Several web applications in one process, as in tests that run in parallel: each remembers its own requests.</summary>
public sealed partial class TwoSitesTests
{
    private static string KeyOf(string method) => $"{typeof(TwoSitesTests).FullName}.{method}";

    private const int Sites = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task SixSites_InParallel_RememberTheirOwnRequests(bool inMemory, bool hasMiddleware)
    {
        using var together = new Barrier(Sites);

        var found = await Task.WhenAll(Enumerable.Range(1, Sites).Select(i => Task.Factory.StartNew(
            () => TestAsync(i, inMemory, hasMiddleware, together), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        for (var i = 1; i <= Sites; i++)
        {
            string[] once = [.. hasMiddleware ? ["GET /order"] : Array.Empty<string>(), KeyOf(nameof(PlaceOrder)), KeyOf(nameof(PlaceOrderAsync)), "scope", "step"];
            Assert.Equal(once.SelectMany(key => Enumerable.Repeat(key, i)).Append("hosted").Order(StringComparer.Ordinal), found[i - 1]);
        }
    }

    [Fact]
    public async Task Request_ThatCallsAnotherSite_IsRememberedByBoth()
    {
        await using var inner = new Store();
        await using var outer = new Store();
        await using var innerSite = await inner.StartAsync(static app => app.MapGet("/inner", static () => PlaceOrder()));
        await using var outerSite = await outer.StartAsync(app => app.MapGet("/outer", async () =>
        {
            await innerSite.GetAsync("/inner");
            await PlaceOrderAsync();
        }));

        Assert.Equal(HttpStatusCode.OK, await outerSite.GetAsync("/outer"));

        Assert.Equal([KeyOf(nameof(PlaceOrder))], await inner.KeysAsync(innerSite));
        Assert.Equal([KeyOf(nameof(PlaceOrderAsync))], await outer.KeysAsync(outerSite));
    }

    private static async Task<string[]> TestAsync(int requests, bool inMemory, bool hasMiddleware, Barrier together)
    {
        await using var store = new Store();
        await using var site = await store.StartAsync(app =>
        {
            if (hasMiddleware) app.UseMemoryTriggers();
            app.MapGet("/order", HandleAsync);
        }, inMemory, hasService: true);
        await Task.Factory.StartNew(together.SignalAndWait, Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        for (var i = 0; i < requests; i++) Assert.Equal(HttpStatusCode.ServiceUnavailable, await site.GetAsync("/order"));
        return await store.KeysAsync(site);
    }

    private static async Task<IResult> HandleAsync()
    {
        PlaceOrder();
        await PlaceOrderAsync();
        await using (TriggerScope.Workflow("scope")) await Task.Run(static () => TriggerScope.Agent("step").Dispose(), Token);
        return Results.StatusCode(503);
    }

    [WorkflowMemoryTrigger]
    private static void PlaceOrder()
    {
    }

    [WorkflowMemoryTrigger]
    private static async Task PlaceOrderAsync() => await Task.Yield();

    private sealed class Hosted : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            await using (TriggerScope.Workflow("hosted")) await Task.Yield();
        }
    }

    private sealed class Store : IAsyncDisposable
    {
        private readonly TemporaryDirectory _directory = new();
        private readonly RecordingBackend _backend = new();

        public Task<Site> StartAsync(Action<WebApplication> configure, bool inMemory = true, bool hasService = false) => Site.StartAsync(configure, services =>
        {
            services.AddMemoryTriggers(options => options.DataDirectory = _directory.Path).UseBackend(_ => _backend);
            if (hasService) services.AddHostedService<Hosted>();
        }, inMemory);

        public async Task<string[]> KeysAsync(Site site)
        {
            await site.StopAsync();
            return [.. _backend.Attempts.SelectMany(static batch => batch).Select(static entry => entry.Key).Order(StringComparer.Ordinal)];
        }

        public ValueTask DisposeAsync()
        {
            _directory.Dispose();
            return default;
        }
    }
}
