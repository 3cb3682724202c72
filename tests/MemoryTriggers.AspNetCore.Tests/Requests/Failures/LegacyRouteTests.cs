using MemoryTriggers.AspNetCore.Tests.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryTriggers.AspNetCore.Tests.Requests.Failures;

/// <summary>Requests that no endpoint handles are named all the same: by controller and action, or by the shape of the path.</summary>
public sealed class LegacyRouteTests
{
    [Theory]
    [InlineData("/conventional/break/7", "GET /Conventional/Break")]
    [InlineData("/conventional/throw/7", "GET /Conventional/Throw")]
    [InlineData("/api/orders/closed", "GET /Orders/Closed")]
    public async Task Mvc_WithoutEndpointRouting_IsNamedAfterTheAction(string path, string expected)
    {
        await using var site = await StartAsync(static app => app.UseMvcWithDefaultRoute());

        await site.CallAsync(path);

        Assert.Equal(expected, Assert.Single(await site.EntriesAsync()).Key, ignoreCase: true);
    }

    [Fact]
    public async Task Mvc_BehindAnExceptionHandlerOfItsOwn_IsNamedAfterTheActionThatFailed()
    {
        await using var site = await StartAsync(static app =>
        {
            app.UseExceptionHandler("/conventional/error");
            app.UseMvcWithDefaultRoute();
        });

        await site.CallAsync("/conventional/throw/7");

        Assert.Equal("GET /Conventional/Throw", Assert.Single(await site.EntriesAsync()).Key, ignoreCase: true);
    }

    [Fact]
    public async Task Middleware_WithoutARoute_IsNamedByTheShapeOfThePath()
    {
        await using var site = await StartAsync(static app => app.Run(static context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        }));

        await site.CallAsync("/legacy/4711/print");

        Assert.Equal("GET /legacy/{}/print", Assert.Single(await site.EntriesAsync()).Key);
    }

    private static Task<RememberedSite> StartAsync(Action<WebApplication> configure) => RememberedSite.StartAsync(
        app =>
        {
            app.UseMemoryTriggers();
            configure(app);
        },
        services: static services => services.AddMvc(static options => options.EnableEndpointRouting = false)
            .AddApplicationPart(typeof(OrdersController).Assembly));
}
