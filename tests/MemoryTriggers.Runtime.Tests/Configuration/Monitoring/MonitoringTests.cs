using System.Text.Json;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>The section <c>monitoring</c>: what operations make of it, and the log.</summary>
public sealed class MonitoringTests
{
    // What concerns lines of the log is read where they are written: LogLevel_ below, and RetryingBackendTests.
    private static readonly string[] OfTheLog =
        ["log_level", "log_memory_operations", "structured_logging", "performance_monitoring_enabled", "slow_operation_threshold_ms"];

    private readonly CollectingLoggers _loggers = new(out _);

    public static TheoryData<string> Keys => [.. SettingTypes.Root.Find("monitoring")!.Inner!.Names.Except(OfTheLog)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Key_OfOperations_ChangesThem_AtTheStartAndLater(string name)
    {
        var (before, after) = (Report([]), Report(FileKeys.With($"monitoring.{name}")));
        var (plain, started, changed) = (new MemoryTriggersOptions(), new MemoryTriggersOptions(), new MemoryTriggersOptions());

        OptionKeys.Apply(after, started);
        var unsaid = OptionKeys.Apply(before, changed);
        OptionKeys.Change(before, after, unsaid, changed);
        var later = Text(changed.Operations);
        OptionKeys.Change(after, before, unsaid, changed);

        Assert.NotEqual(Text(plain.Operations), Text(started.Operations));
        Assert.Equal(Text(started.Operations), later);
        // A key that is not said any more.
        Assert.Equal(Text(plain.Operations), Text(changed.Operations));
    }

    [Fact]
    public void Change_LeavesWhatCodeHasSet()
    {
        var (before, options) = (Report([]), new MemoryTriggersOptions());
        var unsaid = OptionKeys.Apply(before, options);
        var operations = options.Operations;
        operations.HealthCheckInterval = TimeSpan.FromMinutes(7);
        operations.Alerts.Log = false;

        OptionKeys.Change(before, Report(new() { ["monitoring:health_check_interval"] = "3", ["monitoring:health_check_timeout"] = "2" }), unsaid, options);

        Assert.Equal((7, 2, false), (operations.HealthCheckInterval.Minutes, operations.HealthCheckTimeout.Seconds, operations.Alerts.Log));
    }

    [Theory]
    [InlineData("monitoring: {log_level: WARNING}", LogLevel.Warning)]
    [InlineData("monitoring: {log_level: critical}", LogLevel.Critical)]
    [InlineData("monitoring: {log_level: ERROR}\ndebug_mode: true", LogLevel.Debug)]
    [InlineData("preset: reference", LogLevel.Information)]
    [InlineData("", LogLevel.Trace)]
    public void LogLevel_IsTheLeastThatIsLogged(string yaml, LogLevel least)
    {
        var logger = new ConfiguredLoggers(_loggers, new LiveConfiguration(Configured.Yaml(yaml))).CreateLogger("x");

        Assert.True(logger.IsEnabled(least));
        Assert.False(logger.IsEnabled(least - 1));
    }

    [Theory]
    [InlineData("true", typeof(int))]
    [InlineData("false", typeof(string))]
    public void StructuredLogging_Off_LeavesTheTextAlone(string isOn, Type state)
    {
        var states = new StateLoggers();
        var logger = new ConfiguredLoggers(states, new LiveConfiguration(Configured.Yaml($"monitoring: {{structured_logging: {isOn}}}\n"))).CreateLogger("x");

        logger.Log(LogLevel.Error, default, 7, null, static (number, _) => $"number {number}");

        Assert.Equal((state, "number 7"), (states.State?.GetType(), states.Line));
    }

    private static MemoryConfigurationReport Report(Dictionary<string, string?> said) => MemoryConfiguration.Validate(new ConfigurationBuilder().AddInMemoryCollection(said).Build());

    private static string Text(OperationsOptions options) => JsonSerializer.Serialize(new
    {
        options.HealthCheckEnabled, options.HealthCheckInterval, options.HealthCheckTimeout, options.MetricsHistory,
        options.Alerts.Enabled, options.Alerts.Log, options.Alerts.Loggers, options.Alerts.Window, options.Alerts.ErrorRate, options.Alerts.Failures, options.Alerts.AverageTime,
    });

    private sealed class StateLoggers : ILoggerFactory, ILogger
    {
        public object? State { get; private set; }

        public string? Line { get; private set; }

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            (State, Line) = (state, formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
