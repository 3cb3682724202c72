using System.Collections.Concurrent;
using MemoryTriggers.Capture;
using MemoryTriggers.Decoding;
using MemoryTriggers.Journal;

namespace MemoryTriggers.Delivery;

/// <summary>
/// Empties one journal, batch by batch, by lane, with as many batches under way as the pace allows. Used by one caller at a time; the
/// counts may be read by any.
/// </summary>
internal sealed class JournalDrain(CaptureJournal journal, RecordDelivery delivery, DeliveryOptions options)
{
    private static readonly TriggerPriority[] Lanes = Enum.GetValues<TriggerPriority>();
    private readonly LaneSchedule _schedule = new();
    private readonly LaneWindow[] _windows = [.. Lanes.Select(static _ => new LaneWindow())];
    private readonly ConcurrentDictionary<ulong, TriggerDefinition?> _definitions = [];
    private CancellationTokenSource _abandoned = new();
    private long _stored;
    private long _deadLettered;
    private long _denied;
    private long _held;
    private long _superseded;
    private long _counted;

    public long Stored => Interlocked.Read(ref _stored);

    public long DeadLettered => Interlocked.Read(ref _deadLettered);

    /// <summary>How many the rules denied.</summary>
    public long Denied => Interlocked.Read(ref _denied);

    /// <summary>How many were given to be held.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>How many were provisional, and a correction took their place; they are no memories of their own.</summary>
    public long Superseded => Interlocked.Read(ref _superseded);

    /// <summary>How many were counted only: uneventful successes of broad triggers.</summary>
    public long Counted => Interlocked.Read(ref _counted);

    /// <summary>Whether there is anything that could be read now.</summary>
    public bool HasUnread => Array.Exists(Lanes, CanRead);

    /// <summary>Whether a batch could be as large as it may be.</summary>
    public bool HasFullBatch => delivery.HasFullBatch || Array.Exists(Lanes, lane => journal.PendingIn(lane) >= delivery.Pace.BatchSize);

    // A delivery that waits for a sign of the store must not keep others from giving it.
    private int Concurrency => delivery.Pace.Concurrency + delivery.Stalled.Room;

    private IEnumerable<Task<DeliveryResult>> UnderWay => _windows.SelectMany(static window => window.Deliveries);

    /// <summary>Starts what may be started, waits until one batch is done, and acknowledges it.</summary>
    /// <param name="arrivals">Completes when there is more to read; then more is started while others are under way.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns><see langword="false"/> when nothing was pending.</returns>
    /// <exception cref="OperationCanceledException">Stopped; what was under way is read again next time.</exception>
    public async Task<bool> StepAsync(Func<Task>? arrivals, CancellationToken cancellationToken)
    {
        try
        {
            var stalled = delivery.Stalled.Next;
            Start(cancellationToken);
            if (Array.TrueForAll(_windows, static window => window.IsEmpty)) return false;

            // Before the check: of what completes after it the wait is over at once, and when all had completed, the first had as well.
            Task[] underWay = [.. UnderWay];
            if (!Array.Exists(_windows, static window => window.IsFirstDone))
                await WaitAsync(underWay, arrivals, stalled).ConfigureAwait(false);
            await SettleAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch
        {
            await AbandonAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task WaitAsync(Task[] underWay, Func<Task>? arrivals, Task stalled)
    {
        Task done = Task.WhenAny(underWay);
        if (arrivals is null || underWay.Length >= Concurrency) await Task.WhenAny(done, stalled).ConfigureAwait(false);
        else await Task.WhenAny(done, stalled, arrivals()).ConfigureAwait(false);
    }

    private void Start(CancellationToken cancellationToken)
    {
        var room = Concurrency - UnderWay.Count();
        while (room > 0 && _schedule.Next(CanRead) is { } lane)
        {
            var batch = journal.Read(lane, delivery.Pace.BatchSize, options.BatchBytes);
            if (batch.IsEmpty) return;
            _windows[(int)lane].Add(batch, read => DeliverAsync(read, cancellationToken));
            room--;
        }
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        foreach (var window in _windows)
        {
            while (window.TryTake(read => DeliverAsync(read, cancellationToken), out var batch, out var done))
            {
                try
                {
                    var result = await done.ConfigureAwait(false);
                    journal.Acknowledge(batch);
                    Interlocked.Add(ref _stored, result.Stored);
                    Interlocked.Add(ref _deadLettered, result.DeadLettered);
                    Interlocked.Add(ref _denied, result.Denied);
                    Interlocked.Add(ref _held, result.Held);
                    Interlocked.Add(ref _superseded, result.Superseded);
                    Interlocked.Add(ref _counted, result.Counted);
                }
                finally
                {
                    batch.Return();
                }
            }
        }
    }

    // What is under way reads memory that is given back here, so it has to end first. It may be waiting out an outage: it is canceled.
    private async Task AbandonAsync()
    {
        await _abandoned.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(UnderWay.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var lane in Lanes)
        {
            _windows[(int)lane].Clear();
            journal.Rewind(lane);
        }

        _abandoned = new CancellationTokenSource();
    }

    private bool CanRead(TriggerPriority lane) => _windows[(int)lane].IsOpen(2 * Concurrency) && journal.HasUnreadIn(lane);

    private async Task<DeliveryResult> DeliverAsync(JournalBatch batch, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _abandoned.Token);
        return await delivery.DeliverAsync(batch.Records, Definition, either.Token).ConfigureAwait(false);
    }

    private TriggerDefinition? Definition(ulong id)
    {
        if (_definitions.TryGetValue(id, out var known)) return known;
        if (!journal.TryGetDefinition(id, out var json)) return null;
        return _definitions[id] = DefinitionJson.Read(json.Span);
    }
}
