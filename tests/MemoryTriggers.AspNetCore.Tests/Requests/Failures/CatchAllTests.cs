using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.AspNetCore.Tests.Requests.Failures;

/// <summary>A middleware written by hand that makes a 500 of every exception, with or without a log line.</summary>
public sealed class CatchAllTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Failure_ThatACatchAllAnswers_HasItsException(bool isLogged, bool inMemory)
    {
        await using var site = await StartAsync(isLogged, inMemory);

        await site.CallAsync("/pay", times: 3);

        var entries = await site.EntriesAsync();
        Assert.Equal(3, entries.Count);
        Assert.All(entries, static entry =>
        {
            Assert.Equal(("GET /pay", TriggerOutcome.Failure), (entry.Key, entry.Outcome));
            Assert.Equal("Request failed: GET /pay: InvalidOperationException: no funds", entry.Content);
        });
        Assert.Equal(3, Assert.Single(await site.ErrorsAsync()).Occurrences);
    }

    [Fact]
    public async Task Failure_OfADecoratedMethodBehindACatchAll_IsOneMemory()
    {
        await using var site = await StartAsync(isLogged: true);

        await site.CallAsync("/orders/7", times: 2);

        var entries = await site.EntriesAsync();
        Assert.Equal(
            Enumerable.Repeat("MemoryTriggers.AspNetCore.Tests.Requests.Failures.Checkout.ChargeAsync", 2),
            entries.Where(static entry => entry.Outcome == TriggerOutcome.Failure).Select(static entry => entry.Key));
        Assert.DoesNotContain(entries, static entry => entry.Source == "logger");
    }

    [Fact]
    public async Task LogLine_AboutAnExceptionThatWasHandled_StaysAMemory()
    {
        await using var site = await StartAsync(isLogged: true);

        await site.CallAsync("/retry");

        Assert.Equal("logger", Assert.Single(await site.EntriesAsync()).Source);
    }

    [Fact]
    public async Task Exception_ThatWasHandledInside_IsNotTheReasonOfTheAnswer()
    {
        await using var site = await StartAsync(isLogged: false);

        await site.CallAsync("/parse");

        Assert.Equal("Request failed: GET /parse: answered 503", Assert.Single(await site.EntriesAsync()).Content);
    }

    private static Task<RememberedSite> StartAsync(bool isLogged, bool inMemory = false) => RememberedSite.StartAsync(
        app =>
        {
            app.UseMemoryTriggers();
            app.Use(next => context => CatchAllAsync(next, context, isLogged));
            app.UseRouting();
            app.UseEndpoints(static _ => { });
            app.MapGet("/pay", PayAsync);
            app.MapGet("/orders/{id:int}", static (int id) => Checkout.PlaceAsync(id));
            app.MapGet("/retry", RetryAsync);
            app.MapGet("/parse", ParseAsync);
        },
        inMemory);

    private static async Task CatchAllAsync(RequestDelegate next, HttpContext context, bool isLogged)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            if (isLogged) Logger(context).LogError(exception, "The request failed");
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsync("sorry", Token);
        }
    }

    private static async Task<string> PayAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("no funds");
    }

    private static async Task ParseAsync(HttpContext context)
    {
        await Task.Yield();
        try
        {
            throw new FormatException("not a number");
        }
        catch (FormatException)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private static string RetryAsync(HttpContext context)
    {
        Logger(context).LogError(new TimeoutException("slow"), "The printer does not answer");
        return "printed later";
    }

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.CatchAll");
}
