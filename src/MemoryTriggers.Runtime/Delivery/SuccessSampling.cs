using System.Runtime.InteropServices;
using MemoryTriggers.Delivery.Sampling;

namespace MemoryTriggers.Delivery;

/// <summary>
/// Decides which executions of a broad trigger become memories: failures, the success after a failure, slow ones, those with memories
/// inside, and a sample. All are counted by operation and hour. Thread-safe.
/// </summary>
internal sealed class SuccessSampling(OperationRates rates, DeliveryOptions options)
{
    /// <summary>The tag of a success that took unusually long for its operation.</summary>
    public const string SlowTag = "slow";

    /// <summary>The tag of a success that stands for others, which are counted only.</summary>
    public const string SampleTag = "sample";

    private const int MostOperations = 5_000;
    private const int MostParents = 10_000;
    private const int LeastKnown = 30;
    private const double UsualShare = 0.95;
    private const int MostSlow = 20;
    private static readonly TimeSpan NeverSlow = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<OperationName, OperationState> _operations = [];
    private readonly HashSet<Guid> _parents = [];
    private readonly Queue<Guid> _oldestParents = [];

    /// <summary>The records that become memories, in their order; the others are counted when this returns.</summary>
    public List<PendingRecord> Select(List<PendingRecord> records)
    {
        if (records.TrueForAll(static record => record.CountedAs is null
            && record.Definition is null or { RememberEach: true } && record.Entry.ParentId is null)) return records;

        lock (_gate)
        {
            var kept = new List<PendingRecord>(records.Count);
            var counted = new List<CountedExecution>();
            var touched = new Dictionary<OperationName, DurationHistory>();
            foreach (var record in records)
            {
                if (record.CountedAs is { } name)
                {
                    counted.Add(Count(record.Entry, new OperationName(record.Entry.Project, name), isRemembered: false));
                    continue;
                }

                var remembered = record.Definition is { RememberEach: false } ? Choose(record, counted, touched) : record;
                if (remembered is null) continue;
                kept.Add(remembered);
                if (remembered.Entry.ParentId is { } parent) Expect(parent);
            }

            // What cannot be counted is remembered instead: nothing is lost.
            return counted.Count == 0 || rates.TryAdd(counted, touched) ? kept : records;
        }
    }

    /// <returns>The record as it is remembered; <see langword="null"/> when it is counted only.</returns>
    private PendingRecord? Choose(
        PendingRecord record, List<CountedExecution> counted, Dictionary<OperationName, DurationHistory> touched)
    {
        var (entry, operation) = (record.Entry, OperationName.Of(record.Entry));
        var state = State(operation);
        var (isKept, tag) = Choose(entry, state);
        counted.Add(Count(entry, operation, isKept));
        touched[operation] = state.History;
        if (!isKept) return null;
        return tag is null ? record : record with { Entry = entry with { Tags = [.. entry.Tags, tag] } };
    }

    private static CountedExecution Count(MemoryEntry entry, in OperationName operation, bool isRemembered) =>
        new(entry.Id, operation, entry.CreatedAt, entry.Duration, entry.Outcome.IsError(), isRemembered);

    private (bool IsKept, string? Tag) Choose(MemoryEntry entry, OperationState state)
    {
        if (entry.Outcome.IsError())
        {
            state.IsFailing = true;
            return (true, null);
        }

        // Cut short by its caller: neither an error nor a success, and its duration says nothing.
        if (entry.Outcome != TriggerOutcome.Success) return (_parents.Contains(entry.Id), null);

        var isSlow = IsSlow(entry.Duration, state.History);
        state.History.Add(entry.Duration);
        if (isSlow && state.TrySlow(entry.CreatedAt, MostSlow)) return (true, SlowTag);
        var isSample = state.TrySample(entry.CreatedAt, options.SamplesPerHour);
        if (_parents.Contains(entry.Id) || state.IsFailing)
        {
            state.IsFailing = false;
            return (true, null);
        }

        return (isSample, isSample ? SampleTag : null);
    }

    private bool IsSlow(TimeSpan duration, DurationHistory history) =>
        duration >= NeverSlow && history.Total >= LeastKnown && duration > options.SlowFactor * history.Quantile(UsualShare);

    private OperationState State(OperationName operation)
    {
        // Their histories are on disk: what is forgotten here costs a sample more.
        if (_operations.Count >= MostOperations && !_operations.ContainsKey(operation)) _operations.Clear();
        ref var state = ref CollectionsMarshal.GetValueRefOrAddDefault(_operations, operation, out _);
        return state ??= new OperationState(rates.History(operation));
    }

    // A memory points at the operation inside which it ran, which ends later: that one is remembered too.
    private void Expect(Guid parent)
    {
        if (!_parents.Add(parent)) return;
        _oldestParents.Enqueue(parent);
        if (_oldestParents.Count > MostParents) _parents.Remove(_oldestParents.Dequeue());
    }
}
