using System.Text.Json;
using MemoryTriggers.Circuits;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Operations;

/// <summary>The metrics that are kept beside the memories.</summary>
public sealed class MetricsHistoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly StoreMeasures _measures = new(TimeSpan.FromSeconds(5));
    private readonly MetricsHistoryOptions _options = new() { Enabled = true, KeptDays = 2 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Step_AddsToTheFileOfTheDay_AndRemovesOldFiles()
    {
        File.WriteAllText(_directory.File("2025-12-30.jsonl"), "");
        File.WriteAllText(_directory.File("2025-12-31.jsonl"), "");
        File.WriteAllText(_directory.File("notes.jsonl"), "");
        _options.Log = true;
        var watch = Watch();
        _measures.Add("get", CallLength.Limited, TimeSpan.FromSeconds(1), isFailure: false);
        _measures.Add("get", CallLength.Limited, TimeSpan.FromSeconds(2), isFailure: true);

        watch.Step();
        watch.Step();

        Assert.Equal(["2025-12-31.jsonl", "2026-01-02.jsonl", "notes.jsonl"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName).Order());
        var lines = File.ReadLines(_directory.File("2026-01-02.jsonl")).Select(static line => JsonElement.Parse(line)).ToList();
        Assert.Equal([(2, 1, 1.5), (0, 0, 0)], lines.Select(static line => (line.GetProperty("operations").GetInt32(), line.GetProperty("failed_operations").GetInt32(), line.GetProperty("average_seconds").GetDouble())));
        Assert.Equal(2, _loggers.Lines.Count(static line => line.StartsWith("Metrics: accepted 5,", StringComparison.Ordinal)));
    }

    [Fact]
    public void Step_Off_WritesNothing()
    {
        _options.Enabled = false;

        Watch().Step();

        Assert.Empty(Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void Step_NoFolderCanBeMade_IsLoggedAndGoesOn()
    {
        File.WriteAllText(_directory.File("metrics"), "");
        var watch = Watch(_directory.File("metrics"));

        watch.Step();
        watch.Step();

        Assert.Equal(2, _loggers.Warnings.Count);
    }

    [Fact]
    public async Task Run_TheIntervalChanges_CollectsAsOftenAsItSaysNow()
    {
        using var stop = new CancellationTokenSource();
        _options.Interval = TimeSpan.FromHours(1);
        var watch = Watch();
        var running = watch.RunAsync(stop.Token);
        _time.Advance(TimeSpan.FromMinutes(1));
        var early = Directory.GetFiles(_directory.Path).Length;

        _options.Interval = TimeSpan.FromSeconds(10);
        watch.Change();
        _time.Advance(TimeSpan.FromSeconds(10));
        while (Directory.GetFiles(_directory.Path).Length == 0) await Task.Yield();
        await stop.CancelAsync();
        await running.WaitAsync(Token);

        Assert.Equal(0, early);
    }

    [Fact]
    public void RecentErrorRate_OfTheLastHundred_CountsFromTenOn()
    {
        for (var failure = 0; failure < 9; failure++) _measures.Add("get", CallLength.Limited, TimeSpan.Zero, isFailure: true);
        var early = _measures.RecentErrorRate;
        for (var success = 0; success < 95; success++) _measures.Add("get", CallLength.Limited, TimeSpan.Zero, isFailure: false);

        Assert.Equal((0, 0.05), (early, _measures.RecentErrorRate));
    }

    [Fact]
    public void RecentErrorRate_OfRefusalsForGood_IsNone()
    {
        for (var call = 0; call < 20; call++) _measures.Add("store", CallLength.Limited, TimeSpan.Zero, isFailure: true, isRefusal: true);

        Assert.Equal((0, 20L), (_measures.RecentErrorRate, _measures.Counts.Failures));
    }

    private MetricsHistoryWatch Watch(string? folder = null) => new(static () => [("accepted", 5), ("stored", 4)], _measures, new MetricsHistoryFiles(folder ?? _directory.Path, _time), _options, _time, _loggers);
}
