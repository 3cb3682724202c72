using System.Collections.Concurrent;
using MemoryTriggers.Circuits;

namespace MemoryTriggers.Operations;

/// <summary>Measures what the store does: for metrics, alerts and the trend. Thread-safe.</summary>
internal sealed class StoreMeasures(TimeSpan slow)
{
    private readonly ConcurrentDictionary<string, OperationMeasure> _operations = [];
    private readonly ConcurrentDictionary<TriggerType, long> _types = [];
    private readonly RecentCalls _recent = new();
    private long _calls;
    private long _failures;
    private long _slow;
    private long _ticks;
    private long _programs;
    private long _lastStored;

    public StoreCounts Counts =>
        new(Interlocked.Read(ref _calls), Interlocked.Read(ref _failures), Interlocked.Read(ref _slow),
            TimeSpan.FromTicks(Interlocked.Read(ref _ticks)));

    /// <summary>The share of the last 100 calls that failed, 0 to 1; 0 until there are ten.</summary>
    public double RecentErrorRate => _recent.ErrorRate;

    /// <summary>By name, in alphabetical order.</summary>
    // Its own copy, made under its locks: sorting it as a collection fails when it grows meanwhile.
    public IReadOnlyList<OperationMetrics> Operations =>
        [.. _operations.ToArray().OrderBy(static operation => operation.Key, StringComparer.Ordinal)
            .Select(static operation => operation.Value.ToMetrics())];

    /// <summary>How many memories were stored of each type of trigger.</summary>
    public IReadOnlyDictionary<TriggerType, long> StoredByType => _types.ToDictionary();

    /// <summary>How many memories were stored that no trigger made.</summary>
    public long StoredByPrograms => Interlocked.Read(ref _programs);

    /// <summary>When the operation of the newest stored memory ended, in UTC.</summary>
    public DateTimeOffset? LastStored =>
        Interlocked.Read(ref _lastStored) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <param name="operation">Its name.</param>
    /// <param name="length">How long it may take.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="isFailure">Whether it failed.</param>
    /// <param name="isRefusal">Whether that was an answer, for good: it says nothing of how the store is.</param>
    public void Add(string operation, CallLength length, TimeSpan elapsed, bool isFailure, bool isRefusal = false)
    {
        _operations.GetOrAdd(operation, static name => new OperationMeasure(name)).Add(elapsed, isFailure);
        _recent.Add(isFailure && !isRefusal);
        Interlocked.Increment(ref _calls);
        if (isFailure) Interlocked.Increment(ref _failures);
        if (length == CallLength.Long) return;
        Interlocked.Add(ref _ticks, elapsed.Ticks);
        if (elapsed >= slow) Interlocked.Increment(ref _slow);
    }

    public void Stored(IReadOnlyList<MemoryEntry> batch)
    {
        foreach (var entry in batch)
        {
            if (entry.CreatedAt.UtcTicks is var ticks && ticks > Interlocked.Read(ref _lastStored))
                Interlocked.Exchange(ref _lastStored, ticks);
            if (entry.TriggerType is { } type) _types.AddOrUpdate(type, 1, static (_, count) => count + 1);
            else Interlocked.Increment(ref _programs);
        }
    }
}
