using System.Diagnostics;
using System.Net;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hooks;

/// <summary>On whose behalf code runs stands in the memory of every hook, whatever the code has awaited before.</summary>
[Collection(nameof(ProcessWide))]
public sealed class AmbientContextTests : IDisposable
{
    private readonly RecordingSink _sink = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _sink.Dispose();

    public static TheoryData<string> Sources => ["hooks", "log", "held line", "activity", "http", "scope"];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Context_OfAnAsynchronousCaller_IsInTheMemoryOfEachSource(string source)
    {
        await using var services = Services();
        foreach (var hook in services.GetServices<IHostedService>().OfType<ActivityHook>()) await hook.StartAsync(Token);

        using (MemoryContext.Begin(new() { Project = "shop", Agent = "qa", SessionId = "s-1", TaskId = "t-1", UserId = "u-1", CorrelationId = "c-1" }))
        {
            await Task.Yield();
            await Task.Run(() => TellAsync(services, source), Token);
        }

        HeldLines.TellAll();
        var entry = Assert.Single(_sink.Entries);
        Assert.Equal(("shop", "t-1", "s-1"), (entry.Project, entry.Provenance.TaskId, entry.Provenance.SessionId));
        Assert.Equal("""{"agent":"qa","session_id":"s-1","task_id":"t-1","user_id":"u-1","correlation_id":"c-1"}""", entry.Value.GetProperty("context").GetRawText());
    }

    private static async Task TellAsync(ServiceProvider services, string source)
    {
        await Task.Yield();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Orders");
        switch (source)
        {
            case "hooks":
                await services.GetRequiredService<MemoryHooks>().OnDecisionPointAsync("PostgreSQL", "many machines", Token);
                break;
            case "log":
                logger.LogError("It broke");
                break;
            case "held line":
                HeldLines.Begin(TimeProvider.System);
                logger.LogError(new InvalidOperationException("no funds"), "It broke");
                break;
            case "activity":
                using (var activities = new ActivitySource("Shop.Orders")) activities.StartActivity("place order")!.Stop();
                break;
            case "http":
                using (await services.GetRequiredService<IHttpClientFactory>().CreateClient("shop").GetAsync("https://shop.example/", Token))
                break;
            default:
                using (TriggerScope.Workflow("checkout"))
                break;
        }
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddMemoryTriggers().AddLogHooks().AddActivityHooks("Shop.*").AddHttpClientHooks();
        services.AddHttpClient("shop").ConfigurePrimaryHttpMessageHandler(static () => new Unavailable());
        return services.BuildServiceProvider();
    }

    private sealed class Unavailable : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
    }
}
