using System.Text.Json;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>The section <c>monitoring</c>: what operations make of it, and the log.</summary>
public sealed class MonitoringTests
{
    // What concerns lines of the log is read where they are written: LogLevel_ below, and WatchedBackendTests.
    private static readonly string[] OfTheLog =
    [
        nameof(MonitoringSettings.LogLevel), nameof(MonitoringSettings.LogMemoryOperations), nameof(MonitoringSettings.StructuredLogging),
        nameof(MonitoringSettings.PerformanceMonitoringEnabled), nameof(MonitoringSettings.SlowOperationThresholdMs),
    ];

    private readonly CollectingLoggers _loggers = new(out _);

    public static TheoryData<string> Keys => [.. typeof(MonitoringSettings).GetProperties().Select(static property => property.Name).Where(static name => name != "EqualityContract").Except(OfTheLog)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Key_OfOperations_ChangesThem_AtTheStartAndLater(string name)
    {
        var property = typeof(MonitoringSettings).GetProperty(name)!;
        var (before, after) = (new MonitoringSettings(), new MonitoringSettings());
        property.SetValue(after, property.GetValue(before) switch
        {
            bool isOn => !isOn,
            int number => number + 1,
            double number => number / 2,
            _ => (object)new[] { "pager" },
        });
        var (plain, started, changed) = (new OperationsOptions(), new OperationsOptions(), new OperationsOptions());

        MonitoringMapping.Apply(before, plain);
        MonitoringMapping.Apply(after, started);
        MonitoringMapping.Apply(before, changed);
        MonitoringMapping.Change(before, after, changed);

        Assert.NotEqual(Text(plain), Text(started));
        Assert.Equal(Text(started), Text(changed));
    }

    [Fact]
    public void Change_LeavesWhatCodeHasSet()
    {
        var options = new OperationsOptions();
        MonitoringMapping.Apply(new MonitoringSettings(), options);
        options.HealthCheckInterval = TimeSpan.FromMinutes(7);
        options.Alerts.Log = false;

        MonitoringMapping.Change(new MonitoringSettings(), new MonitoringSettings { HealthCheckInterval = 3, HealthCheckTimeout = 2 }, options);

        Assert.Equal((7, 2, false), (options.HealthCheckInterval.Minutes, options.HealthCheckTimeout.Seconds, options.Alerts.Log));
    }

    [Theory]
    [InlineData("monitoring: {log_level: WARNING}", LogLevel.Warning)]
    [InlineData("monitoring: {log_level: critical}", LogLevel.Critical)]
    [InlineData("monitoring: {log_level: ERROR}\ndebug_mode: true", LogLevel.Debug)]
    [InlineData("", LogLevel.Information)]
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

    private static string Text(OperationsOptions options) => JsonSerializer.Serialize(new
    {
        options.HealthCheckEnabled, options.HealthCheckInterval, options.HealthCheckTimeout, options.Figures,
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
