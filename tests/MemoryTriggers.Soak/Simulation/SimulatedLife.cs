using MemoryTriggers.Decoding;
using MemoryTriggers.Delivery;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Journal;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Disk;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Soak.Simulation;

/// <summary>
/// One process: journal, delivery and dead letters on a simulated disk, without a thread of their own. Each step happens when it is asked
/// for, and all that follows from it on the same thread.
/// </summary>
internal sealed class SimulatedLife
{
    public const string Folder = "/data/journal";
    private const string Letters = "/data/dead-letters.dat";
    private readonly CaptureJournal _journal;
    private readonly JournalDrain _drain;
    private readonly DeadLetterStore _letters;
    private readonly RecordDelivery _delivery;
    private readonly CancellationTokenSource _abort = new();
    private Task<bool> _step = Task.FromResult(false);

    /// <exception cref="JournalUnavailableException">The disk does not allow it now.</exception>
    public SimulatedLife(JournalOptions journal, DeliveryOptions delivery, SimulatedDisk disk, SimulatedStore store, ManualTimeProvider clock)
    {
        (Disk, Clock) = (disk, clock);
        journal.Directory = Folder;
        journal.Disk = disk;
        journal.HasNoThreads = true;
        store.Time = clock;
        _journal = CaptureJournal.Open(journal, NullLogger<CaptureJournal>.Instance, clock);
        _letters = new DeadLetterStore(Letters, clock, NullLogger<DeadLetterStore>.Instance, disk);
        _delivery = new RecordDelivery(store, new MemoryComposer(null), _letters, delivery, clock, NullLogger<RecordDelivery>.Instance);
        _drain = new JournalDrain(_journal, _delivery, delivery);
        _journal.DescribeTrigger(SimulatedRecord.DefinitionId, SimulatedRecord.Definition);
    }

    public SimulatedDisk Disk { get; }

    public ManualTimeProvider Clock { get; }

    public bool HasPending => _journal.HasPending;

    public long Evicted => _journal.GetStatistics().Lanes.Sum(static lane => lane.Evicted);

    public JournalAppendResult Append(TriggerPriority lane, byte[] record) => _journal.TryAppend(lane, record);

    public Task RequestSync() => _journal.SyncAsync(CancellationToken.None).AsTask();

    /// <summary>One pass of the journal's upkeep.</summary>
    public void Pass() => _journal.Pass();

    /// <summary>Starts the next step of delivery unless one is under way.</summary>
    public void Deliver()
    {
        if (!_step.IsCompleted) return;
        // As the pump does: what failed is read again.
        _ = _step.Exception;
        _step = _drain.StepAsync(null, _abort.Token);
    }

    /// <summary>What does not add up.</summary>
    public string? Imbalance()
    {
        var lanes = _journal.GetStatistics().Lanes;
        var taken = lanes.Sum(static lane => lane.Accepted + lane.Recovered);
        var gone = _drain.Stored + _drain.DeadLettered + lanes.Sum(static lane => lane.Evicted + lane.Pending);
        return taken == gone && lanes.All(static lane => lane.Pending >= 0)
            ? null
            : $"the books: {taken} taken, {_drain.Stored} stored, {_drain.DeadLettered} dead letters, {string.Join(", ", lanes.Select(static lane => $"{lane.Pending} pending and {lane.Evicted} evicted"))}";
    }

    /// <summary>The numbers in the dead letters; -1 for one that cannot be read.</summary>
    public IReadOnlyList<int> DeadLetterNumbers() =>
        [.. _letters.List().Select(letter => _delivery.Compose(letter) is { } entry ? SimulatedRecord.Number(entry.Content) : -1)];

    /// <summary>Ends as a program that is told to: what is under way is given up, the rest stays in the journal.</summary>
    /// <returns>Whether all that is left is on disk, as far as the journal knows.</returns>
    public bool Stop()
    {
        _abort.Cancel();
        ((Task)_step).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        _journal.Dispose();
        return _journal.GetStatistics().DegradedReason is null && !Disk.HasEnded;
    }
}
