using System.Text.Json;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>Figures, alerts, health and log levels as the section <c>monitoring</c> says.</summary>
public sealed class MonitoringTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly OperationFigures _figures = new();
    private readonly List<string> _problems = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Figures_AreAddedToTheFileOfTheDay_AndOldFilesRemoved()
    {
        File.WriteAllText(_directory.File("2025-12-30.jsonl"), "");
        File.WriteAllText(_directory.File("2025-12-31.jsonl"), "");
        File.WriteAllText(_directory.File("notes.jsonl"), "");
        var monitor = Monitor("metrics_retention_days: 2, log_performance_metrics: true");
        _figures.Add(succeeded: true, TimeSpan.FromSeconds(1));
        _figures.Add(succeeded: false, TimeSpan.FromSeconds(2));

        await monitor.CollectAsync(Token);
        await monitor.CollectAsync(Token);

        Assert.Equal(["2025-12-31.jsonl", "2026-01-02.jsonl", "notes.jsonl"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName).Order());
        var lines = File.ReadLines(_directory.File("2026-01-02.jsonl")).Select(static line => JsonElement.Parse(line)).ToList();
        Assert.Equal([(2, 1, 1.5), (0, 0, 0)], lines.Select(static line => (line.GetProperty("operations").GetInt32(), line.GetProperty("failed_operations").GetInt32(), line.GetProperty("average_seconds").GetDouble())));
        Assert.Equal(2, _loggers.Lines.Count(static line => line.StartsWith("Figures: accepted 5,", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Figures_Off_WritesNothing()
    {
        await Monitor("metrics_enabled: false").CollectAsync(Token);

        Assert.Empty(Directory.GetFiles(_directory.Path));
    }

    [Theory]
    [InlineData("alerting_enabled: true, error_alert_threshold: 3", 0)]
    [InlineData("alerting_enabled: true, error_alert_threshold: 2", 1)]
    [InlineData("alerting_enabled: true, error_alert_threshold: 2, alert_channels: [ops, pager]", 2)]
    [InlineData("alerting_enabled: false, error_alert_threshold: 2", 0)]
    [InlineData("alerting_enabled: true, error_alert_threshold: 100, performance_alert_threshold: 0.5", 1)]
    [InlineData("alerting_enabled: true, error_alert_threshold: 100, performance_alert_threshold: 0.6", 0)]
    public async Task Alerts_AreRaisedOnTheirChannels(string keys, int alerts)
    {
        var monitor = Monitor(keys);
        for (var failure = 0; failure < 2; failure++) _figures.Add(succeeded: false, TimeSpan.FromSeconds(0.5));

        await monitor.CollectAsync(Token);
        await monitor.CollectAsync(Token);

        Assert.Equal(alerts, _loggers.Lines.Count(static line => line.StartsWith("Alert ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("true", 2)]
    [InlineData("false", 0)]
    public async Task Health_ThatChanges_IsLogged(string isOn, int lines)
    {
        var monitor = Monitor($"health_check_enabled: {isOn}");

        await monitor.LookAsync(Token);
        _problems.Add("the store is away");
        await monitor.LookAsync(Token);
        await monitor.LookAsync(Token);
        _problems.Clear();
        await monitor.LookAsync(Token);

        Assert.Equal(new[] { "Not well: the store is away", "Well again" }.Take(lines), _loggers.Lines);
    }

    [Fact]
    public async Task Run_CollectsAndLooksAsOftenAsItShould()
    {
        using var stop = new CancellationTokenSource();
        var running = Monitor("metrics_collection_interval: 10, health_check_interval: 4").RunAsync(stop.Token);
        _problems.Add("x");

        _time.Advance(TimeSpan.FromSeconds(4));
        var looked = _loggers.Lines.Count;
        _time.Advance(TimeSpan.FromSeconds(6));
        await stop.CancelAsync();
        await running;

        Assert.Equal(1, looked);
        Assert.Single(Directory.GetFiles(_directory.Path));
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

    [Fact]
    public void ErrorRate_OfTheLastHundred_CountsFromTenOn()
    {
        for (var failure = 0; failure < 9; failure++) _figures.Add(succeeded: false, TimeSpan.Zero);
        var early = _figures.ErrorRate;
        for (var success = 0; success < 95; success++) _figures.Add(succeeded: true, TimeSpan.Zero);

        Assert.Equal((0, 0.05), (early, _figures.ErrorRate));
    }

    private MemoryMonitor Monitor(string keys) => new(
        new LiveConfiguration(Configured.Yaml($"monitoring: {{{keys}}}\n")), _figures, new FigureFiles(_directory.Path, _time), _ => Task.FromResult(Health()), _loggers, _time);

    private MemoryTriggersHealth Health() => new()
    {
        Problems = [.. _problems], DataDirectory = "", JournalMode = "", Backend = new MemoryBackendHealth("x", true, ""), Accepted = 5, Stored = 4, Denied = 1, DeadLettered = 0,
        Pending = 0, Held = 0, Evicted = 0, Dropped = new Dictionary<string, long>(), CaptureFaults = 0, CacheHits = 0, CacheMisses = 0,
    };
}
