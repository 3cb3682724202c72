using System.Diagnostics.Metrics;
using MemoryTriggers.Diagnostics;

namespace MemoryTriggers.Operations;

/// <summary>The instruments that observe existing counts at collection.</summary>
internal static class RecordInstruments
{
    public static void Add(Meter meter, MemoryOperations operations)
    {
        meter.CreateObservableCounter("memory_triggers.records", () =>
            Books(operations.Counts()), "{record}", "Records by result; accepted is the sum of the others and of the pending ones.");
        meter.CreateObservableCounter("memory_triggers.records.dropped", () =>
            operations.Counts().Dropped.Select(static drop => Tagged(drop.Value, "memory_triggers.reason", drop.Key)), "{record}",
            "Records that are lost, by reason.");
        meter.CreateObservableGauge("memory_triggers.queue.length", () =>
            operations.Counts().Journal.Lanes.Select(static lane => Tagged(lane.Pending, "memory_triggers.priority", lane.Lane.Name())),
            "{record}", "Records that wait in the journal.");
        meter.CreateObservableGauge("memory_triggers.queue.age", () =>
            Ages(operations), "s", "The age of the oldest pending record; 0 when none is pending.");
        meter.CreateObservableGauge("memory_triggers.queue.held", () =>
            operations.Counts().Held, "{record}", "Records that policies hold back.");
        meter.CreateObservableGauge("memory_triggers.journal.size", () => operations.Counts().Journal.AllocatedBytes, "By",
            "The disk that the journal takes.");
        meter.CreateObservableGauge("memory_triggers.journal.quarantine.size", () => operations.Counts().Journal.QuarantineBytes, "By",
            "The disk that damaged parts of the journal take, which are kept aside.");
        meter.CreateObservableCounter("memory_triggers.journal.quarantine.removed", () => operations.Counts().Journal.QuarantineRemoved,
            "{part}", "Damaged parts that were kept aside and then removed, for age or size.");
        meter.CreateObservableCounter("memory_triggers.store.batches", () => operations.Counts().Collection.BatchOperations, "{batch}",
            "Batches that were stored.");
        meter.CreateObservableCounter("memory_triggers.store.retries", () => operations.Counts().Collection.RetriedOperations, "{retry}",
            "How often storing a batch was tried again.");
        meter.CreateObservableCounter("memory_triggers.cache.requests", () =>
            Cache(operations.Counts()), "{request}", "Reads, by whether the cache answered them.");
        meter.CreateObservableCounter("memory_triggers.capture.faults", () => operations.Counts().CaptureFaults, "{fault}",
            "Failures inside capture that were kept from the program.");
        meter.CreateObservableCounter("memory_triggers.policies.evaluations", () => operations.Counts().Policies.Evaluations, "{record}",
            "Records that policies were asked about.");
        meter.CreateObservableGauge("memory_triggers.circuit.state", () =>
            operations.CircuitBreakers.Select(static circuit => Tagged((long)circuit.State, Telemetry.BackendTag, circuit.Backend)),
            "{state}", "0 closed, 1 open, 2 half open.");
        meter.CreateObservableGauge<long>("memory_triggers.disk.free", () =>
            operations.FreeDisk() is { } free ? [new Measurement<long>(free)] : [], "By", "What is free on the disk of the data folder.");
    }

    private static IEnumerable<Measurement<long>> Books(RuntimeCounts counts) =>
    [
        Outcome(counts.Accepted, "accepted"),
        Outcome(counts.Stored, "stored"),
        Outcome(counts.Denied, "denied"),
        Outcome(counts.Counted, "counted"),
        Outcome(counts.DeadLettered, "dead_lettered"),
        Outcome(counts.Evicted, "evicted"),
    ];

    private static IEnumerable<Measurement<double>> Ages(MemoryOperations operations)
    {
        var counts = operations.Counts();
        var ages = operations.Age.Look(counts.Journal.Lanes);
        return counts.Journal.Lanes.Select(lane => new Measurement<double>(
            ages.GetValueOrDefault(lane.Lane).TotalSeconds,
            new KeyValuePair<string, object?>("memory_triggers.priority", lane.Lane.Name())));
    }

    private static IEnumerable<Measurement<long>> Cache(RuntimeCounts counts) =>
        [Tagged(counts.CacheHits, "memory_triggers.result", "hit"), Tagged(counts.CacheMisses, "memory_triggers.result", "miss")];

    private static Measurement<long> Outcome(long count, string name) => Tagged(count, "memory_triggers.outcome", name);

    private static Measurement<long> Tagged(long value, string tag, string name) =>
        new(value, new KeyValuePair<string, object?>(tag, name));
}
