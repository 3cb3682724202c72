using System.Diagnostics;
using System.Diagnostics.Metrics;
using MemoryTriggers.Circuits;
using MemoryTriggers.Diagnostics;

namespace MemoryTriggers.Operations;

/// <summary>The instruments that record each event. Those that observe existing counts are <see cref="RecordInstruments"/>.</summary>
internal sealed class OperationInstruments
{
    // From a store in memory to one across the world.
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _transitions;
    private readonly Counter<long> _recoveries;
    private readonly Counter<long> _alerts;

    public OperationInstruments(Meter meter)
    {
        _duration = meter.CreateHistogram("memory_triggers.backend.operation.duration", "s", "The time of a call of the store.",
            tags: null, Buckets);
        _rejected = meter.CreateCounter<long>("memory_triggers.backend.rejected", "{call}",
            "Calls of the store that an open circuit refused.");
        _transitions = meter.CreateCounter<long>("memory_triggers.circuit.transitions", "{transition}",
            "Changes of the state of a circuit.");
        _recoveries = meter.CreateCounter<long>("memory_triggers.recovery.attempts", "{attempt}", "Attempts to recover the store.");
        _alerts = meter.CreateCounter<long>("memory_triggers.alerts", "{alert}", "Alerts that were raised.");
    }

    public void Called(string backend, string operation, TimeSpan elapsed, string? error)
    {
        var tags = new TagList { { Telemetry.BackendTag, backend }, { Telemetry.OperationTag, operation } };
        if (error is not null) tags.Add(Telemetry.ErrorTag, error);
        _duration.Record(elapsed.TotalSeconds, tags);
    }

    public void Rejected(string backend, string operation) =>
        _rejected.Add(1, new TagList { { Telemetry.BackendTag, backend }, { Telemetry.OperationTag, operation } });

    public void Changed(string backend, CircuitState to) =>
        _transitions.Add(1, new TagList { { Telemetry.BackendTag, backend }, { "memory_triggers.circuit.state", CircuitNames.Of(to) } });

    public void Recovery(string strategy, bool isSuccess) =>
        _recoveries.Add(1,
            new TagList { { "memory_triggers.recovery.strategy", strategy }, { "memory_triggers.recovery.success", isSuccess } });

    public void Alerted(string kind) => _alerts.Add(1, new TagList { { "memory_triggers.alert.kind", kind } });
}
