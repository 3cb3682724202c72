using System.Net;
using MemoryTriggers.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryTriggers.AspNetCore.Tests.Endpoints;

public sealed class EndpointMemoryTests : IDisposable
{
    private readonly RecordingSink _sink = new();

    public void Dispose() => _sink.Dispose();

    [Fact]
    public async Task RememberAs_OnAHandlerThatSucceeds_RemembersTheOperation()
    {
        var entry = Assert.Single(await RememberedAsync(
            static app => app.MapGet("/orders/{number}", OrderApi.Ship).RememberAs("ship order", static options =>
            {
                options.Subject = "shipping";
                options.Project = "shop";
                options.Priority = TriggerPriority.Low;
                options.Tags.Add("lorry");
            }),
            "/orders/7"));

        Assert.Equal(("ship order", TriggerOutcome.Success), (entry.Key, entry.Outcome));
        Assert.Equal(("workflow", "shipping"), (entry.EntityType, entry.EntityId));
        Assert.Equal(("shop", TriggerPriority.Low), (entry.Project, entry.Priority));
        Assert.Equal("GET /orders/{number}", entry.Value.GetProperty("metadata").GetProperty("route").GetString());
        Assert.Equal(200, entry.Value.GetProperty("metadata").GetProperty("status").GetInt32());
        Assert.Contains("lorry", entry.Tags);
    }

    [Fact]
    public async Task RememberAs_BehindAContext_IsOfItsProjectUserAndSession()
    {
        var entry = Assert.Single(await RememberedAsync(
            static app =>
            {
                app.Use(static async (http, next) =>
                {
                    using (MemoryContext.Begin(new() { Project = "tenant7", UserId = "ann", SessionId = "s-1" })) await next(http);
                });
                app.MapGet("/orders/{number}", OrderApi.Ship).RememberAs("ship order");
            },
            "/orders/7"));

        Assert.Equal(("tenant7", "ann", "s-1"), (entry.Project, entry.Provenance.UserId, entry.Provenance.SessionId));
    }

    [Fact]
    public async Task RememberAs_OnAResultWithAnError_RemembersAFailure()
    {
        var entries = await RememberedAsync(static app => app.MapGet("/orders/{number}", OrderApi.Ship).RememberAs("ship order"), "/orders/101");

        var entry = entries.Single(static entry => entry.Key == "ship order");
        Assert.Equal(TriggerOutcome.Failure, entry.Outcome);
        Assert.Equal(503, entry.Value.GetProperty("metadata").GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task RememberAs_OnAHandlerThatThrows_RemembersWhyAndLetsItPass()
    {
        await using var site = await StartAsync(static app => app.MapGet("/orders/{number}", Refuse).RememberAs("refuse"));

        var status = await site.GetAsync("/orders/7");
        await site.StopAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        var operation = _sink.Entries.Single(static entry => entry.Key == "refuse");
        var request = _sink.Entries.Single(static entry => entry.Key == "GET /orders/{number}");
        Assert.Equal("Workflow 'refuse' failed: NotSupportedException: not here", operation.Content);
        Assert.Equal("GET /orders/{number}", operation.Value.GetProperty("metadata").GetProperty("route").GetString());
        Assert.Equal((null, request.TraceId), (operation.ParentId, operation.TraceId));
    }

    [Fact]
    public async Task RememberAs_WithoutSuccesses_RemembersFailuresOnly()
    {
        var entries = await RememberedAsync(
            static app => app.MapGet("/orders/{number}", OrderApi.Ship).RememberAs("ship order", static options => options.CaptureOnSuccess = false), "/orders/7", "/orders/101");

        Assert.Equal(TriggerOutcome.Failure, entries.Single(static entry => entry.Key == "ship order").Outcome);
    }

    [Fact]
    public async Task RememberAs_WithALowerFailureStatus_CountsThatAsFailure()
    {
        var entry = Assert.Single(await RememberedAsync(
            static app => app.MapGet("/", static () => Results.NotFound()).RememberAs("look", static options => options.FailureStatus = 404), "/"));

        Assert.Equal(TriggerOutcome.Failure, entry.Outcome);
    }

    [Fact]
    public async Task RememberAs_OnAGroup_RemembersEachOfItsEndpoints()
    {
        var entries = await RememberedAsync(
            static app =>
            {
                var group = app.MapGroup("/api").RememberAs("api call");
                group.MapGet("/a", static () => "a");
                group.MapGet("/b", static () => "b");
            },
            "/api/a",
            "/api/b");

        Assert.All(entries, static entry => Assert.Equal("api call", entry.Key));
        Assert.Equal(["GET /api/a", "GET /api/b"], entries.Select(static entry => entry.Value.GetProperty("metadata").GetProperty("route").GetString()));
    }

    [Theory]
    [InlineData("/api/orders/closed")]
    [InlineData("/api/orders/sold-out")]
    public async Task RememberAs_OnAnActionThatAnswersWithAnError_RemembersAFailure(string path)
    {
        var entries = await RememberedAsync(static app => app.MapControllers().RememberAs("controller"), path);

        var entry = entries.Single(static entry => entry.Key == "controller");
        Assert.Equal((TriggerOutcome.Failure, 503), (entry.Outcome, entry.Value.GetProperty("metadata").GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task RememberAs_OnAHandlerThatWritesItsAnswer_GoesByTheStatusThatItSets()
    {
        var entries = await RememberedAsync(
            static app =>
            {
                app.MapGet("/good", static context => context.Response.WriteAsync("good")).RememberAs("good");
                app.MapGet("/bad", static context =>
                {
                    context.Response.StatusCode = 503;
                    return context.Response.WriteAsync("bad");
                }).RememberAs("bad");
            },
            "/good",
            "/bad");

        Assert.Equal(TriggerOutcome.Success, entries.Single(static entry => entry.Key == "good").Outcome);
        Assert.Equal(TriggerOutcome.Failure, entries.Single(static entry => entry.Key == "bad").Outcome);
    }

    [Fact]
    public async Task RememberAs_OnControllers_RemembersTheirActions()
    {
        var entries = await RememberedAsync(static app => app.MapControllers().RememberAs("controller"), "/api/orders/7");

        Assert.Equal("GET /api/orders/{number:int}", Assert.Single(entries).Value.GetProperty("metadata").GetProperty("route").GetString());
    }

    [Fact]
    public async Task WhatRunsInside_HasTheOperationAsItsParent()
    {
        var entries = await RememberedAsync(static app => app.MapGet("/{number}", OrderApi.PlaceAsync).RememberAs("outer"), "/7");

        var outer = entries.Single(static entry => entry.Key == "outer");
        Assert.Equal(outer.Id, entries.Single(static entry => entry.Key == "MemoryTriggers.AspNetCore.Tests.Endpoints.OrderApi.PlaceAsync").ParentId);
    }

    [Fact]
    public async Task DecoratedHandler_OfAMinimalApi_IsBoundAndRemembered()
    {
        var entry = Assert.Single(await RememberedAsync(static app => app.MapGet("/orders/{number}", OrderApi.PlaceAsync), "/orders/7"));

        Assert.Equal(("MemoryTriggers.AspNetCore.Tests.Endpoints.OrderApi.PlaceAsync", "order"), (entry.Key, entry.EntityId));
        Assert.Equal(7, entry.Value.GetProperty("arguments").GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task DecoratedAction_OfAController_IsRoutedAndRemembered()
    {
        await using var site = await StartAsync(static app => app.MapControllers());

        using var good = await site.Client.PostAsync(new Uri("/api/orders/7", UriKind.Relative), null, TestContext.Current.CancellationToken);
        using var bad = await site.Client.PostAsync(new Uri("/api/orders/101", UriKind.Relative), null, TestContext.Current.CancellationToken);
        await site.StopAsync();

        Assert.Equal("placed 7", await good.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.InternalServerError, bad.StatusCode);
        var actions = _sink.Entries.Where(static entry => entry.Key == "MemoryTriggers.AspNetCore.Tests.Endpoints.OrdersController.PlaceAsync").ToList();
        Assert.Equal([TriggerOutcome.Success, TriggerOutcome.Failure], actions.Select(static entry => entry.Outcome));
        var request = _sink.Entries.Single(static entry => entry.Key == "POST /api/orders/{number:int}");
        Assert.Equal(request.TraceId, actions[1].TraceId);
    }

    [Fact]
    public async Task ConventionalRoute_OfAController_IsNamedAfterIt()
    {
        var entries = await RememberedAsync(static app => app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}"), "/conventional/break/7");

        Assert.Equal("GET /Conventional/Break/{id?}", Assert.Single(entries).Key);
    }

    [Fact]
    public async Task RememberAs_WithoutAName_Throws()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        var endpoint = app.MapGet("/", static () => "a");

        Assert.Throws<ArgumentException>(() => endpoint.RememberAs(" "));
    }

    private static string Refuse() => throw new NotSupportedException("not here");

    private static Task<Site> StartAsync(Action<WebApplication> map) => Site.StartAsync(
        app =>
        {
            app.UseMemoryTriggers(static options => options.SlowerThan = null);
            map(app);
        },
        static services => services.AddControllers().AddApplicationPart(typeof(OrdersController).Assembly));

    private async Task<IReadOnlyList<MemoryEntry>> RememberedAsync(Action<WebApplication> map, params string[] paths)
    {
        await using var site = await StartAsync(map);
        foreach (var path in paths) await site.GetAsync(path);
        await site.StopAsync();
        return _sink.Entries;
    }
}
