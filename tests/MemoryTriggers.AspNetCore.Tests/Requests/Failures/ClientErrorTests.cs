using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MemoryTriggers.AspNetCore.Tests.Requests.Failures;

/// <summary>An answer of 4xx is counted for its route, and is no memory unless an option says so.</summary>
public sealed class ClientErrorTests
{
    [Fact]
    public async Task ClientErrors_AreCountedByRoute()
    {
        await using var site = await RememberedSite.StartAsync(static app =>
        {
            app.UseMemoryTriggers();
            app.MapGet("/orders/{id:int}", static (int id) => id > 5 ? Results.NotFound() : Results.Ok(id));
            app.MapGet("/secret", static () => Results.StatusCode(401));
        });

        foreach (var path in new[] { "/orders/7", "/orders/8", "/orders/1", "/secret", "/wp-admin/setup.php", "/people/ada" })
            await site.CallAsync(path);

        Assert.Empty(await site.EntriesAsync());
        var counts = await site.CountsAsync();
        Assert.Equal(
            [("GET (no route) answered 4xx", 2L), ("GET /orders/{id:int} answered 4xx", 2), ("GET /secret answered 4xx", 1)],
            counts.Select(static count => (count.Key, count.Value)).OrderBy(static count => count.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task ClientErrors_AtTheFailureStatus_AreMemories()
    {
        await using var site = await RememberedSite.StartAsync(static app =>
        {
            app.UseMemoryTriggers(static options => options.FailureStatus = 404);
            app.MapGet("/orders/{id:int}", static () => Results.NotFound());
        });

        await site.CallAsync("/orders/7");

        Assert.Equal("Request failed: GET /orders/{id:int}: answered 404", Assert.Single(await site.EntriesAsync()).Content);
    }
}
