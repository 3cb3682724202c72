using System.Collections;
using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hooks;

/// <summary>Errors that a program logs become memories.</summary>
[Collection(nameof(ProcessWide))]
public sealed class LogHookTests : IDisposable
{
    private static readonly TriggerDescriptor Method = TriggerHub.Describe(new TriggerDefinition { Type = TriggerType.WorkflowCompletion, Operation = "Pay", DeclaringType = "Shop.Cashier" });
    private readonly RecordingSink _sink = new();
    private readonly ManualTimeProvider _time = new();
    private readonly List<ServiceProvider> _providers = [];

    public void Dispose()
    {
        foreach (var provider in _providers) provider.Dispose();
        _sink.Dispose();
    }

    [Fact]
    public void Error_WithAnException_BecomesAnErrorMemoryWithItsScopesAndValues()
    {
        var logger = Logger("Shop.Orders");

        using (logger.BeginScope(new Dictionary<string, object?> { ["OrderId"] = 17, ["Password"] = "canary-1" }))
        using (logger.BeginScope("checkout of {Customer}", "c-5"))
        using (logger.BeginScope("step 2"))
        {
            logger.LogError(new EventId(7, "PaymentFailed"), new InvalidOperationException("no funds"), "Payment by {Method} failed", "card");
        }

        var entry = Assert.Single(_sink.Entries);
        var metadata = entry.Value.GetProperty("metadata");
        Assert.Equal("Error in Shop.Orders: InvalidOperationException: Payment by card failed: no funds", entry.Content);
        Assert.Equal(("error", "logger", TriggerPriority.High, TriggerOutcome.Failure), (entry.Category, entry.Source, entry.Priority, entry.Outcome));
        Assert.Equal("no funds", entry.Value.GetProperty("exception")[0].GetProperty("message").GetString());
        Assert.Equal((17, "c-5", "card"), (metadata.GetProperty("OrderId").GetInt32(), metadata.GetProperty("Customer").GetString(), metadata.GetProperty("Method").GetString()));
        Assert.Equal(("step 2", "Error", "PaymentFailed"), (metadata.GetProperty("scopes").GetString(), metadata.GetProperty("level").GetString(), metadata.GetProperty("event").GetString()));
        Assert.DoesNotContain("canary-1", entry.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_BelowTheLevel_IsNotEvenAskedAbout()
    {
        var logger = Logger("Shop.Orders");

        logger.LogWarning(new InvalidOperationException("no"), "Payment failed");

        Assert.False(logger.IsEnabled(LogLevel.Warning));
        Assert.True(logger.IsEnabled(LogLevel.Error));
        Assert.Empty(_sink.Entries);
    }

    [Fact]
    public void Error_WithoutAnException_IsRememberedUnlessOnlyExceptionsAre()
    {
        Logger("Shop.Orders").LogError("Payment failed");
        Logger("Shop.Orders", static options => options.OnlyWithException = true).LogError("Payment failed");

        Assert.Equal("Error in Shop.Orders: log: Payment failed", Assert.Single(_sink.Entries).Content);
    }

    [Theory]
    [InlineData("MemoryTriggers", 0)]
    [InlineData("MemoryTriggers.Delivery.CapturePump", 0)]
    [InlineData("MemoryTriggersDemo.Shop", 1)]
    public void Error_OfTheMemoryItself_IsNotRemembered(string category, int expected)
    {
        Logger(category).LogCritical("It broke");

        Assert.Equal(expected, _sink.Entries.Count);
    }

    [Fact]
    public void Error_WhereNothingIsCaptured_IsNotRemembered()
    {
        var logger = Logger("Shop.Orders");

        using (TriggerHub.SuppressCapture()) logger.LogError("The store does not answer");

        Assert.Empty(_sink.Entries);
    }

    [Fact]
    public void Error_Repeated_IsOneMemoryAWindowThatCountsTheOthers()
    {
        var logger = Logger("Shop.Orders");

        for (var order = 0; order < 100; order++) logger.LogError(new InvalidOperationException($"order {order} has no funds"), "Payment of {Order} failed", order);
        _time.Advance(TimeSpan.FromMinutes(1));
        logger.LogError(new InvalidOperationException("order 100 has no funds"), "Payment of {Order} failed", 100);

        Assert.Equal(2, _sink.Entries.Count);
        Assert.Equal(99, _sink.Entries[1].Value.GetProperty("metadata").GetProperty("repeats").GetInt32());
    }

    [Fact]
    public void Errors_ThatDiffer_AreRememberedUpToTheRate()
    {
        var logger = Logger("Shop.Orders", static options => options.MaxPerMinute = 10);

        for (var number = 0; number < 100; number++) logger.LogError(number, "It broke");
        _time.Advance(TimeSpan.FromMinutes(1));
        logger.LogError(1_000, "It broke");

        Assert.Equal(11, _sink.Entries.Count);
        Assert.Equal(90, _sink.Entries[10].Value.GetProperty("metadata").GetProperty("left_out").GetInt32());
    }

    [Fact]
    public void Exception_ThatAScopeHasRemembered_IsNotRememberedAgainWhenItIsLogged()
    {
        var exception = new InvalidOperationException("no funds");
        using (var scope = TriggerScope.Workflow("checkout")) scope.Fail(exception);

        Logger("Shop.Orders").LogError(exception, "Checkout failed");
        Logger("Shop.Orders").LogError(new InvalidOperationException("outer", exception), "Order failed");

        Assert.Equal("checkout", Assert.Single(_sink.Entries).Key);
    }

    [Fact]
    public void Exception_ThatAScopeHandled_IsRememberedWhenItIsLogged()
    {
        var canceled = new OperationCanceledException("given up");
        using (var scope = TriggerScope.Workflow("checkout")) scope.Fail(canceled);

        Logger("Shop.Orders").LogError(canceled, "Checkout was given up");

        Assert.Equal(2, _sink.Entries.Count);
    }

    [Fact]
    public void Exception_LoggedOnEveryLevel_IsOneMemory()
    {
        var exception = new InvalidOperationException("no funds");

        Logger("Shop.Payments").LogError(exception, "Payment failed");
        Logger("Shop.Orders").LogError(exception, "Order failed");
        Logger("Shop.Web").LogCritical(new InvalidOperationException("request failed", exception), "Request failed");

        Assert.Equal("Shop.Payments", Assert.Single(_sink.Entries).Key);
    }

    [Fact]
    public void Exception_LoggedBeforeItFailsAScope_IsNamedByTheMemoryOfTheScope()
    {
        var exception = new InvalidOperationException("no funds");
        using (var scope = TriggerScope.Workflow("checkout"))
        {
            Logger("Shop.Orders").LogError(exception, "Payment failed");
            scope.Fail(new InvalidOperationException("checkout failed", exception));
        }

        var (line, checkout) = (_sink.Entries.Single(static entry => entry.Source == "logger"), _sink.Entries.Single(static entry => entry.Key == "checkout"));
        Assert.Equal(line.Id.ToString(), checkout.Value.GetProperty("metadata").GetProperty("remembered_as").GetString());
        Assert.Equal(checkout.Id, line.ParentId);
    }

    [Fact]
    public void Exception_LoggedInsideADecoratedMethodThatItLeaves_IsNamedByTheMemoryOfTheMethod()
    {
        var exception = new InvalidOperationException("no funds");
        var record = TriggerHub.Begin(Method)!;
        Logger("Shop.Orders").LogError(exception, "Payment failed");
        TriggerHub.Fail(record, exception);
        TriggerHub.End(record);

        var (line, method) = (_sink.Entries.Single(static entry => entry.Source == "logger"), _sink.Entries.Single(static entry => entry.Source != "logger"));
        Assert.Equal(line.Id.ToString(), method.Value.GetProperty("metadata").GetProperty("remembered_as").GetString());
        Assert.Equal(method.Id, line.ParentId);
    }

    [Fact]
    public void Line_OfAnExceptionThatIsRememberedAlready_DoesNotCountAsTheFirstOfItsKind()
    {
        var logger = Logger("Shop.Orders");
        var remembered = new InvalidOperationException("order 1 has no funds");
        using (var scope = TriggerScope.Workflow("checkout")) scope.Fail(remembered);

        logger.LogError(remembered, "Payment failed");
        logger.LogError(new InvalidOperationException("order 2 has no funds"), "Payment failed");

        Assert.Equal(["checkout", "Shop.Orders"], _sink.Entries.Select(static entry => entry.Key));
    }

    [Fact]
    public void Exception_WhoseMessageThrows_ReachesNobody()
    {
        Logger("Shop.Orders").LogError(new UnreadableException(), "It broke");

        Assert.Contains("[unreadable: NotSupportedException]", Assert.Single(_sink.Entries).Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_WhoseTextThrows_ReachesNobody_AndTheErrorIsRememberedByItsTemplate()
    {
        var provider = Provider();

        provider.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Orders").LogError("It broke: {Value}", new UnreadableValue());

        Assert.Equal("Error in Shop.Orders: log: It broke: {Value}", Assert.Single(_sink.Entries).Content);
        Assert.Equal(1, provider.GetRequiredService<MemoryHooks>().GetStatistics().CaptureFaults);
    }

    [Fact]
    public void Scope_WhoseTextThrows_IsLeftOut_AndTheErrorIsRemembered()
    {
        var provider = Provider();
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Orders");

        using (logger.BeginScope("checkout"))
        using (logger.BeginScope(new UnreadableValue()))
        using (logger.BeginScope(new UnreadableValues()))
        {
            logger.LogError(new InvalidOperationException("no funds"), "Payment by {Method} failed", "card");
        }

        var metadata = Assert.Single(_sink.Entries).Value.GetProperty("metadata");
        Assert.Equal(("checkout", "card"), (metadata.GetProperty("scopes").GetString(), metadata.GetProperty("Method").GetString()));
        Assert.Equal(2, provider.GetRequiredService<MemoryHooks>().GetStatistics().CaptureFaults);
    }

    [Fact]
    public void Line_ThatSaysNothing_IsRememberedWithItsException()
    {
        Logger("Shop.Orders").Log<object?>(LogLevel.Error, default, null, new InvalidOperationException("no funds"), static (_, _) => null!);

        Assert.Equal("Error in Shop.Orders: InvalidOperationException: no funds", Assert.Single(_sink.Entries).Content);
    }

    [Fact]
    public void Path_OfTheRequestAroundIt_IsNotKept()
    {
        var logger = Logger("Shop.Orders");

        // As the host of a web application begins it.
        using (logger.BeginScope(new Dictionary<string, object?> { ["RequestId"] = "r-1", ["RequestPath"] = "/reset/canary-1" })) logger.LogError("It broke");

        var metadata = Assert.Single(_sink.Entries).Value.GetProperty("metadata");
        Assert.Equal("r-1", metadata.GetProperty("RequestId").GetString());
        Assert.False(metadata.TryGetProperty("RequestPath", out _));
    }

    [Fact]
    public void Error_OfAnInterpolatedText_RepeatsAsTheSame()
    {
        var logger = Logger("Shop.Orders");

        for (var order = 0; order < 100; order++) logger.LogError($"Payment of order {order} failed");

        Assert.Single(_sink.Entries);
    }

    [Fact]
    public async Task Callback_ThatLogsAnError_IsRememberedAndNotCalledAgain()
    {
        var provider = Provider();
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Alerts");
        var calls = 0;
        var done = new TaskCompletionSource();
        provider.GetRequiredService<MemoryHooks>().On(_ =>
        {
            logger.LogError("Alert {Number} failed", Interlocked.Increment(ref calls));
            done.SetResult();
        }, HookType.ErrorResolution);

        logger.LogError("It broke");
        await done.Task;

        Assert.Equal(1, calls);
        Assert.Equal(2, _sink.Entries.Count);
    }

    [Fact]
    public void Error_InAContext_CarriesIt()
    {
        using (MemoryContext.Begin(new() { Project = "shop", CorrelationId = "c-1" })) Logger("Shop.Orders").LogError("It broke");

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal("shop", entry.Project);
        Assert.Equal("c-1", entry.Value.GetProperty("context").GetProperty("correlation_id").GetString());
    }

    [Fact]
    public void Error_WithoutARuntime_MakesNoEvent()
    {
        _sink.Dispose();
        var provider = Provider();

        provider.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Orders").LogError("It broke");

        Assert.Equal(0, provider.GetRequiredService<MemoryHooks>().GetStatistics().HooksExecuted);
    }

    private ILogger Logger(string category, Action<LogHookOptions>? configure = null) => Provider(configure).GetRequiredService<ILoggerFactory>().CreateLogger(category);

    private ServiceProvider Provider(Action<LogHookOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddMemoryTriggers().AddLogHooks(configure);
        _providers.Add(services.BuildServiceProvider());
        return _providers[^1];
    }

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new NotSupportedException();
    }

    private sealed class UnreadableValue
    {
        public override string ToString() => throw new NotSupportedException();
    }

    private sealed class UnreadableValues : IEnumerable<KeyValuePair<string, object?>>
    {
        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => throw new NotSupportedException();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
