using System.Net;
using System.Text.Json;
using MemoryTriggers.TestKit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryTriggers.AspNetCore.Tests.Monitoring;

public sealed class MonitoringTests : IDisposable
{
    private static readonly IPAddress Remote = IPAddress.Parse("203.0.113.7");

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Health_OfARuntimeThatIsWell_SaysSo()
    {
        await using var site = await StartAsync();

        var (status, answer) = await AskAsync(site, "/memory-triggers/health");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("healthy", answer.GetProperty("status").GetString());
        Assert.Empty(answer.GetProperty("problems").EnumerateArray());
        Assert.Equal("healthy", answer.GetProperty("memory_service").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Health_OfAStoreThatIsAway_Is503AndReadyIsNot()
    {
        await using var site = await StartAsync(services: services => services.AddMemoryTriggers().UseBackend(static _ => new LostBackend()));

        var (status, answer) = await AskAsync(site, "/memory-triggers/health");
        var ready = await AskAsync(site, "/memory-triggers/ready");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), (status, answer.GetProperty("status").GetString()));
        Assert.Contains("gone fishing", answer.GetProperty("memory_service").GetProperty("backends").GetProperty("lost").GetProperty("error_message").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "ready"), (ready.Status, ready.Answer.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Health_OfAStoreThatDoesNotAnswer_EndsWhenTheTimeIsUp()
    {
        var backend = new LostBackend { Hangs = true };
        await using var site = await StartAsync(
            services: services => services.AddMemoryTriggers().UseBackend(_ => backend), options: static options => options.HealthTimeout = TimeSpan.FromSeconds(2));

        var asked = AskAsync(site, "/memory-triggers/health");
        await backend.Asked.Task.WaitAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(2));
        var (status, answer) = await asked;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("the store has not answered for 2 s", Assert.Single(answer.GetProperty("problems").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Metrics_ShowTheBooks()
    {
        await using var site = await StartAsync();
        await using (TriggerScope.Workflow("counted"))
        {
        }

        await site.Services.GetRequiredService<MemoryTriggerService>().FlushAsync(cancellationToken: Token);
        var (status, answer) = await AskAsync(site, "/memory-triggers/metrics");

        Assert.Equal(HttpStatusCode.OK, status);
        var books = answer.GetProperty("record_accounting");
        Assert.Equal((1, 1, 0), (Number(books, "accepted"), Number(books, "stored"), Number(books, "pending")));
        Assert.Equal(0, Number(answer.GetProperty("dropped"), "too_large"));
        Assert.Equal(100, answer.GetProperty("collection").GetProperty("success_rate").GetDouble());
    }

    [Fact]
    public async Task HealthAndMetrics_HaveTheKeysOfOperations()
    {
        await using var site = await StartAsync();
        var service = site.Services.GetRequiredService<MemoryTriggerService>();

        var health = (await AskAsync(site, "/memory-triggers/health")).Answer;
        var metrics = (await AskAsync(site, "/memory-triggers/metrics")).Answer;

        Assert.Equal(Keys(JsonElement.Parse((await service.GetHealthAsync(Token)).ToJson())), Keys(health));
        Assert.Equal(Keys(JsonElement.Parse((await service.GetMetricsAsync(Token)).ToJson())), Keys(metrics));
    }

    [Fact]
    public async Task Metrics_StoreDoesNotAnswer_AreThereAllTheSame()
    {
        var backend = new LostBackend { Hangs = true };
        await using var site = await StartAsync(services: services => services.AddMemoryTriggers().UseBackend(_ => backend));

        Assert.Equal(HttpStatusCode.OK, await site.GetAsync("/memory-triggers/metrics"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Live_BackgroundWorkHasEnded_Is503()
    {
        await using var site = await StartAsync(
            services: services => services
                .AddSingleton<TimeProvider>(new FailingTimers()).AddHealthChecks().AddMemoryTriggers(),
            pipeline: static app => app.MapHealthChecks("/live", new() { Predicate = static check => check.Tags.Contains("live") }));

        // It ends on a thread of its own.
        var probe = HttpStatusCode.OK;
        while (probe == HttpStatusCode.OK) probe = await site.GetAsync("/live");
        var (status, answer) = await AskAsync(site, "/memory-triggers/live");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, "dead"), (probe, status, answer.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Head_IsAnsweredWithoutABodyAndNotCached()
    {
        await using var site = await StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Head, "/memory-triggers/health");
        using var response = await site.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(Token));
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Live_AndReady_AnswerWhileItRuns()
    {
        await using var site = await StartAsync();

        Assert.Equal("live", (await AskAsync(site, "/memory-triggers/live")).Answer.GetProperty("status").GetString());
        Assert.Equal("ready", (await AskAsync(site, "/memory-triggers/ready")).Answer.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Ready_AfterTheServiceHasStopped_Is503AndLiveIsNot()
    {
        await using var site = await StartAsync();
        await site.Services.GetRequiredService<MemoryTriggerService>().StopAsync(Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await site.GetAsync("/memory-triggers/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await site.GetAsync("/memory-triggers/health"));
        Assert.Equal(HttpStatusCode.OK, await site.GetAsync("/memory-triggers/live"));
    }

    [Theory]
    [InlineData("health")]
    [InlineData("metrics")]
    [InlineData("live")]
    [InlineData("ready")]
    public async Task AnonymousRemoteCaller_IsRefused(string what)
    {
        await using var site = await StartAsync(caller: Remote);

        var (status, answer) = await AskAsync(site, $"/memory-triggers/{what}");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal(["error"], answer.EnumerateObject().Select(static property => property.Name));
    }

    [Fact]
    public async Task Caller_WithoutAnAddress_IsRefused()
    {
        await using var site = await StartAsync(static app => app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = null;
            return next(context);
        }));

        Assert.Equal(HttpStatusCode.Forbidden, await site.GetAsync("/memory-triggers/health"));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("x-envoy-external-address", "203.0.113.7")]
    [InlineData("CF-Connecting-IP", "203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "rebound.example")]
    public async Task CallerOnThisMachine_ThatIsAProxyOrAnotherSite_IsRefused(string header, string value)
    {
        await using var site = await StartAsync();
        site.Client.DefaultRequestHeaders.Add(header, value);

        Assert.Equal(HttpStatusCode.Forbidden, await site.GetAsync("/memory-triggers/health"));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5080")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:5080")]
    public async Task CallerOnThisMachine_ThatAsksThisMachine_IsAnswered(string host)
    {
        await using var site = await StartAsync();
        site.Client.DefaultRequestHeaders.Host = host;

        Assert.Equal(HttpStatusCode.OK, await site.GetAsync("/memory-triggers/health"));
    }

    [Fact]
    public async Task CallerBehindAProxy_ThatAddsNothing_IsToldByItsProtocol()
    {
        await using var site = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/memory-triggers/health") { Version = HttpVersion.Version10 };

        using var response = await site.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task CallerOnThisMachine_WhoIsNotTrusted_IsRefused()
    {
        await using var site = await StartAsync(options: static options => options.TrustLocalCallers = false);

        Assert.Equal(HttpStatusCode.Forbidden, await site.GetAsync("/memory-triggers/health"));
        Assert.Equal(HttpStatusCode.Forbidden, await site.GetAsync("/memory-triggers/live"));
    }

    [Fact]
    public async Task CallerOnThisMachine_OverASocketOfBothVersions_IsAnswered()
    {
        await using var site = await StartAsync(caller: IPAddress.Loopback.MapToIPv6());

        Assert.Equal(HttpStatusCode.OK, await site.GetAsync("/memory-triggers/health"));
    }

    [Fact]
    public async Task Filter_OfTheProgram_IsAskedFirst()
    {
        var port = 0;
        await using var site = await StartAsync(map: endpoints => endpoints.AllowAnonymous().AddEndpointFilter((context, next) =>
            context.HttpContext.Connection.LocalPort == port ? next(context) : ValueTask.FromResult<object?>(Results.NotFound())));

        var before = await site.GetAsync("/memory-triggers/health");
        port = site.Client.BaseAddress!.Port;

        Assert.Equal(HttpStatusCode.NotFound, before);
        Assert.Equal(HttpStatusCode.OK, await site.GetAsync("/memory-triggers/health"));
    }

    [Theory]
    [InlineData("health")]
    [InlineData("metrics")]
    [InlineData("ready")]
    public async Task Host_ThatHasStopped_SaysSoWhileAnotherRuns(string what)
    {
        using var otherFolder = new TemporaryDirectory();
        await using var other = await MemoryTriggerService.StartAsync(
            settings => settings.DataDirectory = otherFolder.Path, new RecordingBackend(), new CollectingLoggers(out _), Token);
        await using var site = await StartAsync();
        await site.Services.GetRequiredService<MemoryTriggerService>().StopAsync(Token);

        var (status, answer) = await AskAsync(site, $"/memory-triggers/{what}");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not_started"), (status, answer.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task CallerBehindAProxy_WhoClaimsToBeThisMachine_IsRefused()
    {
        await using var site = await StartAsync(static app => app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor }));
        site.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");

        Assert.Equal(HttpStatusCode.Forbidden, await site.GetAsync("/memory-triggers/health"));
    }

    [Fact]
    public async Task OpenProbes_AnswerEverybody_AndHealthStaysClosed()
    {
        await using var site = await StartAsync(caller: Remote, options: static options => options.OpenProbes = true);

        Assert.Equal(HttpStatusCode.OK, await site.GetAsync("/memory-triggers/live"));
        Assert.Equal(HttpStatusCode.OK, await site.GetAsync("/memory-triggers/ready"));
        Assert.Equal(HttpStatusCode.Forbidden, await site.GetAsync("/memory-triggers/health"));
        Assert.Equal(HttpStatusCode.Forbidden, await site.GetAsync("/memory-triggers/metrics"));
    }

    [Fact]
    public async Task AllowAnonymous_OpensThemToEverybody()
    {
        await using var site = await StartAsync(caller: Remote, map: static endpoints => endpoints.AllowAnonymous());

        Assert.Equal(HttpStatusCode.OK, await site.GetAsync("/memory-triggers/health"));
    }

    [Fact]
    public async Task RemoteCaller_WhoIsSignedIn_IsAnswered()
    {
        await using var site = await StartAsync(static app => app.UseAuthentication(), SignIn, Remote);

        var before = await site.GetAsync("/memory-triggers/health");
        site.Client.DefaultRequestHeaders.Add(HeaderAuthentication.Header, "ada");

        Assert.Equal(HttpStatusCode.Forbidden, before);
        Assert.Equal(HttpStatusCode.OK, await site.GetAsync("/memory-triggers/health"));
    }

    [Fact]
    public async Task RequireAuthorization_CountsForCallersOnThisMachineToo()
    {
        await using var site = await StartAsync(
            static app => app.UseAuthentication().UseAuthorization(), SignIn, map: static endpoints => endpoints.RequireAuthorization(static policy => policy.RequireUserName("ada")));

        var anonymous = await site.GetAsync("/memory-triggers/health");
        site.Client.DefaultRequestHeaders.Add(HeaderAuthentication.Header, "bob");
        var bob = await site.GetAsync("/memory-triggers/health");
        site.Client.DefaultRequestHeaders.Remove(HeaderAuthentication.Header);
        site.Client.DefaultRequestHeaders.Add(HeaderAuthentication.Header, "ada");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (anonymous, bob));
        Assert.Equal(HttpStatusCode.OK, await site.GetAsync("/memory-triggers/health"));
    }

    [Fact]
    public async Task Health_ThatIsBad_IsNoMemory()
    {
        await using var site = await StartAsync(
            static app => app.UseMemoryTriggers(), static services => services.AddMemoryTriggers().UseBackend(static _ => new LostBackend()));
        using var sink = new RecordingSink();

        var status = await site.GetAsync("/memory-triggers/health");
        await site.StopAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Empty(sink.Records);
    }

    [Fact]
    public async Task MapMemoryTriggers_WithoutTheService_SaysWhatIsMissing()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        var exception = Assert.Throws<InvalidOperationException>(() => app.MapMemoryTriggers());

        Assert.Contains("AddMemoryTriggers", exception.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Keys(JsonElement node) => [.. node.EnumerateObject().Select(static property => property.Name)];

    private static long Number(JsonElement answer, string name) => answer.GetProperty(name).GetInt64();

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(Site site, string path)
    {
        using var response = await site.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)));
    }

    private static void SignIn(IServiceCollection services)
    {
        services.AddAuthorization();
        services.AddAuthentication("header").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("header", null);
    }

    private Task<Site> StartAsync(
        Action<WebApplication>? pipeline = null, Action<IServiceCollection>? services = null, IPAddress? caller = null,
        Action<IEndpointConventionBuilder>? map = null, Action<MemoryTriggersEndpointOptions>? options = null) => Site.StartAsync(
        app =>
        {
            if (caller is not null)
            {
                app.Use((context, next) =>
                {
                    context.Connection.RemoteIpAddress = caller;
                    return next(context);
                });
            }

            pipeline?.Invoke(app);
            var endpoints = app.MapMemoryTriggers(configure: options);
            map?.Invoke(endpoints);
        },
        collection =>
        {
            collection.AddSingleton<TimeProvider>(_time);
            collection.AddMemoryTriggers(settings => settings.DataDirectory = _directory.Path).UseInMemoryBackend();
            services?.Invoke(collection);
        });
}
