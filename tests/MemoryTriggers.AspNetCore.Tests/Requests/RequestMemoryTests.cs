using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using MemoryTriggers.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.AspNetCore.Tests.Requests;

public sealed class RequestMemoryTests : IDisposable
{
    private readonly RecordingSink _sink = new();
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _sink.Dispose();

    [Fact]
    public async Task Request_ThatSucceedsInTime_LeavesNothing()
    {
        var entries = await RememberedAsync(static app => app.MapGet("/orders/{id}", static (int id) => id), "/orders/7");

        Assert.Empty(entries);
    }

    [Fact]
    public async Task Request_WhoseHandlerThrows_IsRememberedByItsRouteTemplate()
    {
        var entries = await RememberedAsync(static app => app.MapGet("/orders/{id}", Break), "/orders/7?card=4711");

        var entry = Assert.Single(entries);
        Assert.Equal(("GET /orders/{id}", TriggerOutcome.Failure), (entry.Key, entry.Outcome));
        Assert.Equal((TriggerType.ErrorResolution, TriggerPriority.Critical, MemoryCategories.Error), (entry.TriggerType, entry.Priority, entry.Category));
        Assert.Equal("Request failed: GET /orders/{id}: InvalidOperationException: the warehouse is on fire", entry.Content);
        Assert.Equal("InvalidOperationException", entry.EntityId);
        Assert.Equal("aspnetcore", entry.Source);
        Assert.Equal(500, entry.Value.GetProperty("metadata").GetProperty("status").GetInt32());
        Assert.Contains("http", entry.Tags);
        Assert.DoesNotContain("4711", entry.Value.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("/orders/7", entry.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WhoseHandlerThrows_ReachesTheServerAsBefore()
    {
        await using var site = await StartAsync(static app => app.MapGet("/", Break));

        Assert.Equal(HttpStatusCode.InternalServerError, await site.GetAsync("/"));
    }

    [Fact]
    public async Task Request_AnsweredWithAServerError_IsRememberedByItsStatus()
    {
        var entries = await RememberedAsync(static app => app.MapGet("/stock", static () => Results.StatusCode(503)), "/stock");

        var entry = Assert.Single(entries);
        Assert.Equal("Request failed: GET /stock: answered 503", entry.Content);
        Assert.Equal(("status_503", TriggerOutcome.Failure), (entry.EntityId, entry.Outcome));
    }

    [Fact]
    public async Task Request_AnsweredWithAClientError_LeavesNothingByDefault()
    {
        var entries = await RememberedAsync(static app => app.MapGet("/stock", static () => Results.NotFound()), "/stock", "/nowhere");

        Assert.Empty(entries);
    }

    [Fact]
    public async Task Request_BelowTheFailureStatus_IsRememberedWhenThatIsLower()
    {
        var entries = await RememberedAsync(
            static app => app.MapGet("/stock", static () => Results.NotFound()), static options => options.FailureStatus = 404, "/stock", "/people/ada");

        Assert.Equal(["GET (no route)", "GET /stock"], entries.Select(static entry => entry.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Request_ThatCannotBeBound_IsNoFailureOfTheServer()
    {
        var entries = await RememberedAsync(
            static app => app.MapGet("/orders/{id}", static (int id) => id),
            static services => services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true),
            "/orders/seven");

        Assert.Empty(entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exception_HandledByTheExceptionHandler_IsRememberedOnEitherSideOfIt(bool isFirst)
    {
        await using var site = await Site.StartAsync(
            app =>
            {
                if (isFirst) app.UseMemoryTriggers();
                app.UseExceptionHandler(static handler => handler.Run(static context => context.Response.WriteAsync("sorry")));
                if (!isFirst) app.UseMemoryTriggers();
                app.MapGet("/orders/{id}", Break);
            },
            Services);

        await site.GetAsync("/orders/7");
        await site.StopAsync();

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal("Request failed: GET /orders/{id}: InvalidOperationException: the warehouse is on fire", entry.Content);
    }

    [Fact]
    public async Task Exception_MadeAClientErrorByItsHandler_LeavesNothing()
    {
        await using var site = await Site.StartAsync(
            static app =>
            {
                app.UseMemoryTriggers();
                app.UseExceptionHandler(new ExceptionHandlerOptions
                {
                    StatusCodeSelector = static _ => StatusCodes.Status409Conflict,
                    ExceptionHandler = static _ => Task.CompletedTask,
                });
                app.MapGet("/", Break);
            },
            Services);

        var status = await site.GetAsync("/");
        await site.StopAsync();

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Empty(_sink.Entries);
    }

    [Fact]
    public async Task Request_SlowerThanTheLimit_IsRememberedAsSlow()
    {
        var entries = await RememberedAsync(app => app.MapPost("/reports", Wait(TimeSpan.FromSeconds(1.5))), HttpMethod.Post, "/reports");

        var entry = Assert.Single(entries);
        Assert.Equal("Slow request: POST /reports: took 1500ms, more than 1000ms, answered 200", entry.Content);
        Assert.Equal((TriggerType.PatternDetection, TriggerOutcome.Success, "slow_request"), (entry.TriggerType, entry.Outcome, entry.EntityId));
        Assert.Contains("slow", entry.Tags);
    }

    [Fact]
    public async Task Request_SlowerThanAnotherLimit_IsMeasuredByThat()
    {
        var limit = TimeSpan.FromSeconds(2);
        Action<WebApplication> map = app => app.MapGet("/reports", Wait(TimeSpan.FromSeconds(1.5)));

        Assert.Empty(await RememberedAsync(map, options => options.SlowerThan = limit, "/reports"));
        Assert.Empty(await RememberedAsync(map, static options => options.SlowerThan = null, "/reports"));
        Assert.Single(await RememberedAsync(map, static options => options.SlowerThan = TimeSpan.FromMilliseconds(1), "/reports"));
    }

    [Fact]
    public async Task RememberWhenSlowerThan_OfAnEndpoint_CountsBeforeThatOfTheSettings()
    {
        var entries = await RememberedAsync(
            app =>
            {
                app.MapGet("/patient", Wait(TimeSpan.FromSeconds(5))).RememberWhenSlowerThan(TimeSpan.FromSeconds(10));
                app.MapGet("/hasty", Wait(TimeSpan.FromMilliseconds(20))).RememberWhenSlowerThan(TimeSpan.FromMilliseconds(10));
                app.MapGet("/never", Wait(TimeSpan.FromHours(1))).RememberWhenSlowerThan(null);
            },
            "/patient",
            "/hasty",
            "/never");

        Assert.Equal("GET /hasty", Assert.Single(entries).Key);
    }

    [Fact]
    public async Task StreamOfEvents_ThatLasts_IsNotSlow()
    {
        var entries = await RememberedAsync(
            app => app.MapGet("/events", context =>
            {
                context.Response.ContentType = "text/event-stream";
                _time.Advance(TimeSpan.FromHours(2));
                return context.Response.WriteAsync("data: 1\n\n");
            }),
            "/events");

        Assert.Empty(entries);
    }

    [Fact]
    public async Task WebSocket_ThatLasts_IsNotSlow()
    {
        await using var site = await StartAsync(app =>
        {
            app.UseWebSockets();
            app.MapGet("/talk", async (HttpContext context) =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                _time.Advance(TimeSpan.FromHours(2));
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
            });
        });
        using var client = new ClientWebSocket();

        await client.ConnectAsync(new UriBuilder(site.Client.BaseAddress!) { Scheme = "ws", Path = "/talk" }.Uri, Token);
        await client.ReceiveAsync(new byte[1], Token);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        await site.StopAsync();

        Assert.Empty(_sink.Entries);
    }

    [Fact]
    public async Task UseMemoryTriggers_Twice_AddsItsSettingsAndRemembersOnce()
    {
        var entries = await RememberedAsync(
            static app =>
            {
                app.UseMemoryTriggers(static options => options.FailureStatus = 404);
                app.MapGet("/", static () => Results.NotFound());
            },
            "/");

        Assert.Single(entries);
    }

    [Fact]
    public async Task Request_ThatFailsSlowly_IsOneMemory()
    {
        var entries = await RememberedAsync(
            app => app.MapGet("/", () =>
            {
                _time.Advance(TimeSpan.FromSeconds(3));
                return Results.StatusCode(502);
            }),
            "/");

        Assert.Equal(TriggerOutcome.Failure, Assert.Single(entries).Outcome);
        Assert.Contains("slow", entries[0].Tags);
    }

    [Fact]
    public async Task NoMemoryTrigger_OnAHandler_LeavesItOut()
    {
        var entries = await RememberedAsync(static app => app.MapGet("/", [NoMemoryTrigger] static () => Results.StatusCode(500)), "/");

        Assert.Empty(entries);
    }

    [Fact]
    public async Task NamedHeadersQueryAndRouteValues_AreKept_AndSecretsAreNot()
    {
        await using var site = await StartAsync(
            static app => app.MapGet("/orders/{id}", Break),
            static options =>
            {
                options.Headers.Add("X-Tenant");
                options.Headers.Add("Authorization");
                options.Headers.Add("X-Api-Key");
                options.Headers.Add("Cookie");
                options.Query.Add("page");
                options.RouteValues.Add("id");
            });
        site.Client.DefaultRequestHeaders.Add("X-Tenant", "north");
        site.Client.DefaultRequestHeaders.Add("X-Other", "unasked");
        site.Client.DefaultRequestHeaders.Add("Authorization", "Bearer canary");
        site.Client.DefaultRequestHeaders.Add("X-Api-Key", "canary");
        site.Client.DefaultRequestHeaders.Add("Cookie", "session=canary");

        await site.GetAsync("/orders/7?page=2&card=4711");
        await site.StopAsync();

        var value = Assert.Single(_sink.Entries).Value;
        var metadata = value.GetProperty("metadata");
        Assert.Equal("north", metadata.GetProperty("header.X-Tenant").GetString());
        Assert.All(
            ["Authorization", "X-Api-Key", "Cookie"],
            name => Assert.Equal("[sensitive]", metadata.GetProperty($"header.{name}").GetString()));
        Assert.Equal("2", metadata.GetProperty("query.page").GetString());
        Assert.Equal("7", metadata.GetProperty("route.id").GetString());
        Assert.All(["canary", "4711", "unasked"], text => Assert.DoesNotContain(text, value.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secret_OfADecoratedMethodInAMessage_IsNotInTheMemoryOfTheRequest()
    {
        var entries = await RememberedAsync(static app => app.MapGet("/pay", static () => Cashier.Pay("canary-4711")), "/pay");

        Assert.Equal(2, entries.Count);
        Assert.All(entries, static entry => Assert.DoesNotContain("canary-4711", entry.Content + entry.Value.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatRunsInside_SharesTheTraceOfTheRequest()
    {
        var entries = await RememberedAsync(static app => app.MapGet("/pay", static () => Cashier.Pay("secret")), "/pay");

        var request = entries.Single(static entry => entry.Source == "aspnetcore");
        var inner = entries.Single(static entry => entry.Key == "MemoryTriggers.AspNetCore.Tests.Requests.Cashier.Pay");
        Assert.Null(inner.ParentId);
        Assert.Equal(request.TraceId, inner.TraceId);
    }

    [Fact]
    public async Task Method_ThatAClientMadeUp_IsNotPartOfTheName()
    {
        var entries = await RememberedAsync(static app => app.Map("/x", static () => Results.StatusCode(500)), new HttpMethod("ADA-LOVELACE"), "/x");

        Assert.Equal("OTHER /x", Assert.Single(entries).Key);
    }

    [Fact]
    public async Task Client_ThatLeaves_IsNobodysFailure()
    {
        var started = new TaskCompletionSource();
        using var leave = new CancellationTokenSource();
        await using var site = await StartAsync(app => app.MapGet("/", async context =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, context.RequestAborted);
        }));

        var request = site.Client.GetAsync(new Uri("/", UriKind.Relative), leave.Token);
        await started.Task;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await site.StopAsync();

        Assert.Empty(_sink.Entries);
    }

    [Fact]
    public async Task UseMemoryTriggers_WithSettingsOfTheConfiguration_FollowsThem()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Requests:FailureStatus"] = "404", ["Requests:Query:0"] = "page" }).Build();

        var entries = await RememberedAsync(
            static app => app.MapGet("/", static () => Results.NotFound()),
            services => services.Configure<RequestMemoryOptions>(configuration.GetSection("Requests")),
            "/?page=3");

        Assert.Equal("3", Assert.Single(entries).Value.GetProperty("metadata").GetProperty("query.page").GetString());
    }

    [Fact]
    public async Task Requests_AtOnce_AreEachTheTraceOfTheirOwn()
    {
        await using var site = await StartAsync(static app => app.MapGet("/count/{number}", Cashier.CountAsync), static options => options.RouteValues.Add("number"));

        await Parallel.ForEachAsync(Enumerable.Range(0, 300), Token, async (number, _) => await site.GetAsync($"/count/{number}"));
        await site.StopAsync();

        var requests = _sink.Entries.Where(static entry => entry.Source == "aspnetcore").ToDictionary(static entry => entry.Id);
        var counted = _sink.Entries.Where(static entry => entry.Key == "MemoryTriggers.AspNetCore.Tests.Requests.Cashier.CountAsync").ToList();
        Assert.Equal((150, 300), (requests.Count, counted.Count));
        Assert.All(requests.Values, request =>
        {
            var inner = Assert.Single(counted, entry => entry.TraceId == request.TraceId);
            Assert.Equal(
                request.Value.GetProperty("metadata").GetProperty("route.number").GetString(),
                inner.Value.GetProperty("arguments").GetProperty("number").GetInt32().ToString(CultureInfo.InvariantCulture));
        });
    }

    [Fact]
    public async Task UseMemoryTriggers_WithSettingsOutOfBounds_Throws()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        Assert.Throws<OptionsValidationException>(() => app.UseMemoryTriggers(static options => options.SlowerThan = TimeSpan.Zero));
    }

    [Fact]
    public async Task UseMemoryTriggers_WithoutARuntime_LeavesRequestsAlone()
    {
        _sink.Dispose();
        await using var site = await StartAsync(static app => app.MapGet("/", Break));

        var status = await site.GetAsync("/");

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Empty(_sink.Records);
    }

    private static string Break() => throw new InvalidOperationException("the warehouse is on fire");

    private RequestDelegate Wait(TimeSpan time) => _ =>
    {
        _time.Advance(time);
        return Task.CompletedTask;
    };

    private Task<Site> StartAsync(Action<WebApplication> map, Action<RequestMemoryOptions>? configure = null, Action<IServiceCollection>? services = null) => Site.StartAsync(
        app =>
        {
            app.UseMemoryTriggers(configure);
            map(app);
        },
        Services + services);

    private void Services(IServiceCollection services) => services.AddSingleton<TimeProvider>(_time);

    private Task<List<MemoryEntry>> RememberedAsync(Action<WebApplication> map, params string[] paths) => RememberedAsync(map, null, null, HttpMethod.Get, paths);

    private Task<List<MemoryEntry>> RememberedAsync(Action<WebApplication> map, Action<RequestMemoryOptions> configure, params string[] paths) =>
        RememberedAsync(map, configure, null, HttpMethod.Get, paths);

    private Task<List<MemoryEntry>> RememberedAsync(Action<WebApplication> map, Action<IServiceCollection> services, params string[] paths) =>
        RememberedAsync(map, null, services, HttpMethod.Get, paths);

    private Task<List<MemoryEntry>> RememberedAsync(Action<WebApplication> map, HttpMethod method, params string[] paths) =>
        RememberedAsync(map, null, null, method, paths);

    private async Task<List<MemoryEntry>> RememberedAsync(
        Action<WebApplication> map, Action<RequestMemoryOptions>? configure, Action<IServiceCollection>? services, HttpMethod method, string[] paths)
    {
        var before = _sink.Entries.Count;
        await using var site = await StartAsync(map, configure, services);
        foreach (var path in paths)
        {
            using var request = new HttpRequestMessage(method, path);
            using var response = await site.Client.SendAsync(request, Token);
        }

        await site.StopAsync();
        return [.. _sink.Entries.Skip(before)];
    }
}
