using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Operations;

/// <summary>The instruments of a service, as a collector of a host sees them. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed partial class InstrumentTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly UnsteadyBackend _store = new("unsteady");
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, Instrument> _instruments = [];
    private readonly List<(string Name, double Value, Dictionary<string, object?> Tags)> _measured = [];
    private readonly IHost _host;

    public InstrumentTests()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMemoryTriggers(options =>
        {
            options.DataDirectory = _directory.Path;
            options.Operations.CircuitBreaker.FailureThreshold = 1;
        }).UseBackend(_ => _store);
        _host = builder.Build();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MemoryTriggerService Service => _host.Services.GetRequiredService<MemoryTriggerService>();

    public async ValueTask InitializeAsync()
    {
        await _host.StartAsync(Token);
        var meters = _host.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Of this host: other tests may have services of their own.
            if (instrument.Meter.Name != Telemetry.Name || !ReferenceEquals(instrument.Meter.Scope, meters)) return;
            lock (_measured) _instruments[instrument.Name] = instrument;
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Records_AfterAFlush_AreTheBooks()
    {
        using (TriggerScope.Workflow("deploy"))
        {
        }

        await Service.FlushAsync(cancellationToken: Token);
        _listener.RecordObservableInstruments();

        Assert.Equal(1, Last("memory_triggers.records", "memory_triggers.outcome", "accepted"));
        Assert.Equal(1, Last("memory_triggers.records", "memory_triggers.outcome", "stored"));
        Assert.Equal(0, Last("memory_triggers.records", "memory_triggers.outcome", "dead_lettered"));
        Assert.Equal(0, Last("memory_triggers.records.dropped", "memory_triggers.reason", "full"));
        Assert.Equal(0, Last("memory_triggers.queue.length", "memory_triggers.priority", "high"));
        Assert.Equal(0, Last("memory_triggers.queue.age", "memory_triggers.priority", "high"));
        Assert.True(Last("memory_triggers.journal.size") > 0);
        Assert.True(Last("memory_triggers.disk.free") > 0);
    }

    [Fact]
    public async Task Duration_OfCalls_HasBackendOperationAndError()
    {
        await Service.Recall.SearchAsync("word", cancellationToken: Token);
        _store.IsAway = true;
        await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await Service.Recall.GetAsync(Any.Id(), Token));
        await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await Service.Recall.GetAsync(Any.Id(), Token));
        _listener.RecordObservableInstruments();

        var calls = _measured.Where(static measured => measured.Name == "memory_triggers.backend.operation.duration").ToList();
        Assert.Contains(calls, static call => (string?)call.Tags["memory_triggers.operation"] == "search" && !call.Tags.ContainsKey("error.type"));
        Assert.Contains(calls, static call => (string?)call.Tags["memory_triggers.operation"] == "get" && (string?)call.Tags["error.type"] == "MemoryTriggers.MemoryBackendException");
        Assert.All(calls, static call => Assert.Equal("unsteady", call.Tags["memory_triggers.backend"]));
        Assert.Equal(1, Last("memory_triggers.backend.rejected", "memory_triggers.operation", "get"));
        Assert.Equal(1, Last("memory_triggers.circuit.state", "memory_triggers.backend", "unsteady"));
        Assert.Equal(1, Last("memory_triggers.circuit.transitions", "memory_triggers.circuit.state", "open"));
    }

    [Fact]
    public async Task Collect_AfterTheStop_GivesTheLastCounts()
    {
        using (TriggerScope.Workflow("deploy"))
        {
        }

        await _host.StopAsync(Token);
        _listener.RecordObservableInstruments();

        Assert.Equal(1, Last("memory_triggers.records", "memory_triggers.outcome", "stored"));
    }

    [Fact]
    public void Names_OfAllInstruments_FollowTheConventions()
    {
        Assert.NotEmpty(_instruments);
        Assert.All(_instruments.Values, static instrument =>
        {
            Assert.Matches("^memory_triggers(\\.[a-z]+)+$", instrument.Name);
            Assert.False(string.IsNullOrEmpty(instrument.Unit), instrument.Name);
            Assert.False(string.IsNullOrEmpty(instrument.Description), instrument.Name);
        });
    }

    [Fact]
    public void Dashboard_EveryMetricItNames_Exists()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "grafana", "memory-triggers.json"));
        var dashboard = JsonElement.Parse(text);
        var existing = _instruments.Values.SelectMany(PrometheusNames).ToHashSet();
        var expressions = dashboard.GetProperty("panels").EnumerateArray()
            .Where(static panel => panel.TryGetProperty("targets", out _))
            .SelectMany(static panel => panel.GetProperty("targets").EnumerateArray().Select(static target => target.GetProperty("expr").GetString()!)).ToList();

        var named = expressions.SelectMany(static expression => MetricName().Matches(WithoutLabels().Replace(expression, "")).Select(static match => match.Value)).Distinct().ToList();

        Assert.All(named, name => Assert.Contains(name, existing));
        Assert.All(expressions, static expression => Assert.Contains("memory_triggers_", expression, StringComparison.Ordinal));
        Assert.True(named.Count >= 10, $"only {named.Count} metrics are on the dashboard");
    }

    [Fact]
    public void Document_Instruments_AreAllListed()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "operations.md"));

        Assert.All(_instruments.Keys, name => Assert.Contains($"`{name}`", text, StringComparison.Ordinal));
    }

    // As the OpenTelemetry exporters for Prometheus name them: unit and kind at the end.
    private static IEnumerable<string> PrometheusNames(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        var name = instrument.Name.Replace('.', '_') + unit;
        var kind = instrument.GetType().Name;
        if (kind.StartsWith("Histogram", StringComparison.Ordinal)) return [$"{name}_bucket", $"{name}_sum", $"{name}_count"];
        return [kind.Contains("Counter", StringComparison.Ordinal) ? $"{name}_total" : name];
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var found = new Dictionary<string, object?>();
        foreach (var tag in tags) found[tag.Key] = tag.Value;
        lock (_measured) _measured.Add((instrument.Name, value, found));
    }

    private double Last(string name, string? tag = null, string? value = null)
    {
        lock (_measured) return _measured.Last(measured => measured.Name == name && (tag is null || (string?)measured.Tags.GetValueOrDefault(tag) == value)).Value;
    }

    [GeneratedRegex("memory_triggers_[a-z_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\{[^}]*\}|by ?\([^)]*\)")]
    private static partial Regex WithoutLabels();
}
