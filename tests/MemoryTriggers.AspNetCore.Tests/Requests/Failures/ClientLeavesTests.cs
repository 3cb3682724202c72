using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.AspNetCore.Tests.Requests.Failures;

/// <summary>A client that leaves before the answer: counted, and no failure, whatever the application makes of the cancellation.</summary>
public sealed class ClientLeavesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, false)]
    [InlineData(500, false)]
    [InlineData(499, false)]
    [InlineData(null, true)]
    [InlineData(500, true)]
    public async Task Client_ThatLeaves_IsCountedAndNotRemembered(int? statusOfCatchAll, bool inMemory)
    {
        var (started, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var leave = new CancellationTokenSource();
        await using var site = await RememberedSite.StartAsync(
            app =>
            {
                app.Use(next => async context =>
                {
                    try
                    {
                        await next(context);
                    }
                    finally
                    {
                        ended.SetResult();
                    }
                });
                app.UseMemoryTriggers();
                if (statusOfCatchAll is { } status) app.Use(next => context => CatchAllAsync(next, context, status));
                app.UseRouting();
                app.UseEndpoints(static _ => { });
                app.MapGet("/orders/{id:int}", async (HttpContext context) =>
                {
                    started.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                });
            },
            inMemory);

        var request = site.Client.GetAsync(new Uri("/orders/7", UriKind.Relative), leave.Token);
        await started.Task.WaitAsync(Token);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await ended.Task.WaitAsync(Token);

        Assert.Empty(await site.EntriesAsync());
        Assert.Equal(1, (await site.CountsAsync())["GET /orders/{id:int} canceled by the client"]);
    }

    private static async Task CatchAllAsync(RequestDelegate next, HttpContext context, int status)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.CatchAll").LogError(exception, "Failed");
            context.Response.StatusCode = status;
        }
    }
}
