using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.AspNetCore.Tests.Requests.Failures;

/// <summary>A failure is one memory, whatever observes it on its way: methods, an endpoint, the request, the log.</summary>
public sealed class OneFailureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failure_OfNestedMethodsAnEndpointARequestAndALogLine_IsOneMemory(bool inMemory)
    {
        await using var site = await RememberedSite.StartAsync(
            static app =>
            {
                app.UseMemoryTriggers();
                app.UseExceptionHandler(static handler => handler.Run(static context => context.Response.WriteAsync("sorry", Token)));
                app.UseRouting();
                app.MapGet("/orders/{id:int}", PlaceAsync).RememberAs("place order");
            },
            inMemory);

        await site.CallAsync("/orders/7");

        var entries = await site.EntriesAsync();
        var failure = Assert.Single(entries, static entry => entry.Outcome == TriggerOutcome.Failure);
        Assert.Equal(
            ("MemoryTriggers.AspNetCore.Tests.Requests.Failures.Checkout.ChargeAsync", TriggerPriority.Critical),
            (failure.Key, failure.Priority));
        Assert.EndsWith("; GET /orders/{id:int} answered 500", failure.Content, StringComparison.Ordinal);
        var metadata = failure.Value.GetProperty("metadata");
        Assert.Equal(
            ("GET", 500), (metadata.GetProperty("verb").GetString(), metadata.GetProperty("status").GetInt32()));
        Assert.Contains("Charging failed", metadata.GetProperty("logged").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["MemoryTriggers.AspNetCore.Tests.Requests.Failures.Checkout.PlaceAsync", "place order", "GET /orders/{id:int}"],
            failure.Value.GetProperty("passed").EnumerateArray().Select(static passed => passed.GetProperty("operation").GetString()));
        Assert.Equal(7, failure.Value.GetProperty("passed")[0].GetProperty("arguments").GetProperty("order").GetInt32());
        Assert.Contains("http", failure.Tags);
        Assert.DoesNotContain("error-echo", failure.Tags);
        AssertParents(entries);
    }

    [Fact]
    public async Task Failures_ThreeOfThem_AreSeenThreeTimes()
    {
        await using var site = await RememberedSite.StartAsync(static app =>
        {
            app.UseMemoryTriggers();
            app.MapGet("/orders/{id:int}", static (int id) => Checkout.PlaceAsync(id)).RememberAs("place order");
        });

        await site.CallAsync("/orders/7", times: 3);

        Assert.Equal(3, (await site.EntriesAsync()).Count(static entry => entry.Outcome == TriggerOutcome.Failure));
        Assert.Equal(3, Assert.Single(await site.ErrorsAsync()).Occurrences);
    }

    [Fact]
    public async Task Exception_ThatIsWrappedOnItsWay_IsTheSameFailure()
    {
        await using var site = await RememberedSite.StartAsync(static app =>
        {
            app.UseMemoryTriggers();
            app.MapGet("/wrap", Checkout.WrapAsync);
        });

        await site.CallAsync("/wrap");

        var failure = Assert.Single(await site.EntriesAsync());
        Assert.Equal("MemoryTriggers.AspNetCore.Tests.Requests.Failures.Checkout.ChargeAsync", failure.Key);
        Assert.Contains("the order is refused", failure.Value.GetProperty("passed").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_ThatAnswersWithAnError_IsOneMemoryWithItsRequest()
    {
        await using var site = await RememberedSite.StartAsync(static app =>
        {
            app.UseMemoryTriggers();
            app.MapGet("/stock", static () => Results.StatusCode(503)).RememberAs("read stock");
        });

        await site.CallAsync("/stock");

        var failure = Assert.Single(await site.EntriesAsync());
        Assert.Equal("read stock", failure.Key);
        Assert.EndsWith("; GET /stock answered 503", failure.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Method_InsideARequestThatLeavesNoMemory_PointsAtNoParent()
    {
        await using var site = await RememberedSite.StartAsync(static app =>
        {
            app.UseMemoryTriggers();
            app.MapGet("/check", static () => Checkout.CheckAsync(3));
        });

        await site.CallAsync("/check");

        Assert.Null(Assert.Single(await site.EntriesAsync()).ParentId);
    }

    [Fact]
    public async Task Failure_WhoseInnermostMemoryIsDenied_IsThatOfTheOuterOperation()
    {
        await using var site = await RememberedSite.StartAsync(
            static app =>
            {
                app.UseMemoryTriggers();
                app.MapGet("/orders/{id:int}", static (int id) => Checkout.ChargeAsync(id));
            },
            options: static options => options.Policies.Programs.Add(new NoMethods()));

        await site.CallAsync("/orders/7");

        Assert.Equal("GET /orders/{id:int}", Assert.Single(await site.EntriesAsync()).Key);
    }

    [Fact]
    public async Task Scope_ThatFailsInsideARequest_IsOneMemoryWithIt()
    {
        await using var site = await RememberedSite.StartAsync(static app =>
        {
            app.UseMemoryTriggers();
            app.MapGet("/scope", static async () =>
            {
                await using var scope = TriggerScope.Workflow("checkout");
                throw new InvalidOperationException("no stock");
            });
        });

        await site.CallAsync("/scope");

        var failure = Assert.Single(await site.EntriesAsync());
        Assert.Equal("checkout", failure.Key);
        Assert.EndsWith("; GET /scope answered 500", failure.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scope_AroundAMethodThatFails_StaysBesideIt()
    {
        await using var site = await RememberedSite.StartAsync(static app =>
        {
            app.UseMemoryTriggers();
            app.MapGet("/scope", static async () =>
            {
                await using var scope = TriggerScope.Workflow("checkout");
                return await Checkout.ChargeAsync(3);
            });
        });

        await site.CallAsync("/scope");

        var entries = await site.EntriesAsync();
        Assert.Equal(
            ["MemoryTriggers.AspNetCore.Tests.Requests.Failures.Checkout.ChargeAsync", "checkout"],
            entries.Select(static entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.Equal(1, Assert.Single(await site.ErrorsAsync()).Occurrences);
        AssertParents(entries);
    }

    private static void AssertParents(IReadOnlyList<MemoryEntry> entries)
    {
        var ids = entries.Select(static entry => entry.Id).ToHashSet();
        Assert.All(entries.Where(static entry => entry.ParentId is not null), entry => Assert.Contains(entry.ParentId!.Value, ids));
    }

    private static async Task<string> PlaceAsync(int id, ILoggerFactory loggers)
    {
        try
        {
            return await Checkout.PlaceAsync(id);
        }
        catch (InvalidOperationException exception)
        {
            loggers.CreateLogger("Shop.Cashier").LogError(exception, "Charging failed");
            throw;
        }
    }

    private sealed class NoMethods : IPolicy
    {
        public string Name => "no methods";

        public PolicyOpinion? Evaluate(MemoryEntry entry) =>
            entry.Source == "aspnetcore" ? null : new PolicyOpinion(PolicyVerdict.Deny, "it is a method");
    }
}
