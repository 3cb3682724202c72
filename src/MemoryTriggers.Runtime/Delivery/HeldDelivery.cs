using MemoryTriggers.Delivery.Holding;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery;

/// <summary>Stores held records when they are due. Deferred records are decided again; a batch is not.</summary>
internal sealed class HeldDelivery(
    HoldingStore holding, RecordDelivery delivery, RecordSorting sorting, DeliveryOptions options, TimeProvider time,
    ILogger<HeldDelivery> logger)
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    // The batch of those of batches that the store failed on: they are stored together, and are not decided again.
    private const string Undecided = "(the store failed)";
    private readonly SemaphoreSlim _one = new(1);
    private int _rounds;
    private long _stored;
    private long _deadLettered;
    private long _denied;

    public long Stored => Interlocked.Read(ref _stored);

    public long DeadLettered => Interlocked.Read(ref _deadLettered);

    public long Denied => Interlocked.Read(ref _denied);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        while (!cancellationToken.IsCancellationRequested)
        {
            var isMore = await StepAsync(cancellationToken).ConfigureAwait(false);
            if (isMore) continue;
            await Task.Delay(LongestSleep, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Delivers what is due, a batch of it. One step at a time; others wait.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (holding.Count == 0) return false;
        await _one.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancellationToken.IsCancellationRequested) return false;
        try
        {
            if (holding.Due(options.BatchSize) is not { Count: > 0 } due) return false;
            await DeliverAsync(due, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            // Pump boundary: what is held stays held, and is tried again.
            Holding.Log.ReleaseFailed(logger, exception);
            return false;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task DeliverAsync(IReadOnlyList<HeldRecord> due, CancellationToken cancellationToken)
    {
        var store = new List<PendingRecord>();
        var heldOf = new Dictionary<PendingRecord, HeldRecord>(ReferenceEqualityComparer.Instance);
        var extended = new List<(HeldRecord, HoldingTime)>();
        var notes = new List<(PendingRecord Record, DecidedRecord Decided)>();
        var denied = new List<PendingRecord>();
        var unreadable = 0;
        foreach (var held in due)
        {
            if (!held.IsIntact) delivery.GiveUp(held.Record, "it was damaged on disk while it was held", held.Definition);
            if (!held.IsIntact || delivery.Decode(held.Record, held.Definition) is not { } record)
            {
                unreadable++;
                continue;
            }

            var ruling = held.Batch is null ? sorting.Again(record) : new DeliveryRuling(record.Entry);
            if (ruling.Hold is { } longer) extended.Add((held, longer));
            else if (ruling.Entry is { } entry)
            {
                var decided = record with { Entry = entry, Then = ruling.Then };
                notes.Add((decided, DecidedRecord.Stored(record.Entry, entry)));
                heldOf.Add(decided, held);
                store.Add(decided);
            }
            else
            {
                denied.Add(record);
                sorting.Decided.Note(record, DecidedRecord.Denied);
            }

            if (ruling.Entry is null || ruling.Hold is not null) ruling.Then?.Invoke();
        }

        delivery.Echoes.NotKept(denied);
        // What the store fails on is held on, and the next ones get their turn.
        var kept = await delivery.Echoes.FoldAsync(store, [], long.MaxValue, cancellationToken).ConfigureAwait(false);
        var (result, left) = await delivery.TryAsync(kept, _rounds, cancellationToken).ConfigureAwait(false);
        await delivery.Echoes.MoveAsync(cancellationToken).ConfigureAwait(false);
        _rounds = left.Count == 0 ? 0 : _rounds + 1;
        // Until then a correction takes the place of the held record.
        var open = left.Select(static record => record.Entry.Id).ToHashSet();
        foreach (var (record, decided) in notes)
        {
            // What has joined a memory waits with it.
            if (open.Contains(record.Entry.Id) || record.EchoOf is { } first && open.Contains(first)) extended.Add(Again(heldOf[record]));
            else sorting.Decided.Note(record, decided);
        }

        sorting.CommitDecisions();
        if (extended.Count > 0) holding.Extend(extended);
        var longerHeld = extended.Select(static held => held.Item1).ToHashSet();
        holding.Remove([.. due.Where(held => !longerHeld.Contains(held))]);
        Interlocked.Add(ref _stored, result.Stored + result.Superseded + store.Count - kept.Count);
        Interlocked.Add(ref _deadLettered, result.DeadLettered + unreadable);
        Interlocked.Add(ref _denied, denied.Count);
    }

    private (HeldRecord, HoldingTime) Again(HeldRecord held) =>
        (held, new HoldingTime(delivery.Pause(_rounds), held.Batch is null ? null : Undecided, int.MaxValue));
}
