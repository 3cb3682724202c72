using System.Text.Json;
using MemoryTriggers.Delivery.Echoes;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery;

/// <summary>
/// Makes one memory of one failure: what outer operations recorded of an exception joins the memory of the innermost one, in the batch or
/// in the store. Where that memory does not exist, such as one that a policy has denied, they stay memories of their own. A batch that is
/// delivered again makes the same memories again. Thread-safe.
/// </summary>
internal sealed class EchoFolding(StoreAttempts attempts, TimeProvider time, ILogger logger)
{
    private readonly FailuresUnderWay _failures = new(time);
    private readonly ParentLinks _parents = new();

    /// <summary>A batch is being delivered. <see cref="End"/> must follow.</summary>
    /// <returns>The number of the delivery.</returns>
    public long Begin(List<PendingRecord> records) => _failures.Begin(Failures(records));

    /// <summary>The delivery of a batch is over, stored or not.</summary>
    public void End(long delivery, List<PendingRecord> records) => _failures.End(delivery, Failures(records));

    /// <summary>Joins what belongs together.</summary>
    /// <param name="records">The records that are to be stored.</param>
    /// <param name="batch">The batch that they are of: what is in it and is not to be stored is no memory.</param>
    /// <param name="delivery">The number of the delivery.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Those that are memories.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<List<PendingRecord>> FoldAsync(
        List<PendingRecord> records, List<PendingRecord> batch, long delivery, CancellationToken cancellationToken)
    {
        if (records.TrueForAll(static record => record.EchoOf is null && record.Entry.ParentId is null)) return records;

        var (kept, apart) = FoldTogether(records, batch);
        if (apart.Count > 0) kept.AddRange(await FoldStoredAsync(apart, delivery, cancellationToken).ConfigureAwait(false));
        return kept.ConvertAll(record =>
            _parents.Resolve(record.Entry) is var entry && ReferenceEquals(entry, record.Entry) ? record : record with { Entry = entry });
    }

    /// <summary>
    /// Corrections of records that were decided before. The correction of one that has become a memory of its own stays with that.
    /// </summary>
    public IEnumerable<PendingRecord> Late(List<PendingRecord> corrections) => corrections.Select(correction =>
        correction.EchoOf is null || _parents.IsReplaced(correction.Entry.Id) ? correction : correction with { EchoOf = null });

    /// <summary>These are stored.</summary>
    public void Stored(List<PendingRecord> records)
    {
        _failures.Stored(Failures(records));
        _parents.Stored(records.Select(static record => record.Entry));
    }

    /// <summary>These are no memories: what points at them is to point at their own parents.</summary>
    public void NotKept(IEnumerable<PendingRecord> records)
    {
        foreach (var record in records) _parents.Replace(record.Entry.Id, record.Entry.ParentId);
    }

    /// <summary>
    /// Gives stored memories that point at what is none another parent, each in one attempt. When the store does not answer, the rest waits
    /// for the next batch.
    /// </summary>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task MoveAsync(CancellationToken cancellationToken)
    {
        while (_parents.TryTakeMisplaced(out var memory))
        {
            MemoryEntry? moved = null;
            var isDone = false;
            try
            {
                var failure = await attempts.ChangeOnceAsync(
                    memory,
                    current => (moved = current is null ? null : _parents.Resolve(current)) is null || ReferenceEquals(moved, current)
                        ? []
                        : [moved],
                    cancellationToken).ConfigureAwait(false);
                isDone = failure is null || StoreAttempts.IsRefusal(failure);
                if (failure is not null) Log.ParentNotChanged(logger, attempts.Store, failure);
                else if (moved is not null) _parents.Stored([moved]);
            }
            finally
            {
                if (!isDone) _parents.PutBack(memory);
            }

            if (!isDone) return;
        }
    }

    private static IEnumerable<Guid> Failures(List<PendingRecord> records) =>
        records.Where(static record => record.Entry.Outcome.IsError()).Select(static record => record.Entry.Id);

    // In the order in which they were captured: from the inner to the outer.
    private (List<PendingRecord> Kept, List<PendingRecord> Apart) FoldTogether(List<PendingRecord> records, List<PendingRecord> batch)
    {
        var kept = records.FindAll(static record => record.EchoOf is null);
        if (kept.Count == records.Count) return (kept, []);

        var places = new Dictionary<Guid, int>(kept.Count);
        for (var place = 0; place < kept.Count; place++) places[kept[place].Entry.Id] = place;
        var known = batch.Select(static record => record.Entry.Id).ToHashSet();
        var apart = new List<PendingRecord>();
        foreach (var echo in records)
        {
            if (echo.EchoOf is not { } first) continue;
            if (places.TryGetValue(first, out var place))
            {
                if (TryJoin(kept[place].Entry, echo) is not { } joined)
                {
                    kept.Add(echo);
                    continue;
                }

                kept[place] = kept[place].With(joined, echo);
                _parents.Replace(echo.Entry.Id, first);
            }
            else if (known.Contains(first)) kept.Add(echo);
            else apart.Add(echo);
        }

        return (kept, apart);
    }

    /// <returns>Those whose first memory is not in the store.</returns>
    private async Task<List<PendingRecord>> FoldStoredAsync(
        List<PendingRecord> echoes, long delivery, CancellationToken cancellationToken)
    {
        var left = new List<PendingRecord>();
        var failures = echoes.ToLookup(static echo => echo.EchoOf!.Value);
        await _failures.WaitAsync(delivery, failures.Select(static failure => failure.Key), cancellationToken).ConfigureAwait(false);
        foreach (var failure in failures)
        {
            var joined = await JoinStoredAsync(failure.Key, [.. failure], cancellationToken).ConfigureAwait(false);
            if (joined is null && _failures.IsUnderWay(delivery, failure.Key))
            {
                // The store was away meanwhile, also for the delivery of the first one.
                await _failures.WaitAsync(delivery, [failure.Key], cancellationToken).ConfigureAwait(false);
                joined = await JoinStoredAsync(failure.Key, [.. failure], cancellationToken).ConfigureAwait(false);
            }

            left.AddRange(joined is null ? failure : failure.Except(joined));
        }

        return left;
    }

    /// <returns>Those that have joined; <see langword="null"/> when there is no such memory.</returns>
    private async Task<List<PendingRecord>?> JoinStoredAsync(Guid first, List<PendingRecord> echoes, CancellationToken cancellationToken)
    {
        MemoryEntry? whole = null;
        List<PendingRecord> joined = [];
        var refusal = await attempts.ChangeAsync(
            first,
            current =>
            {
                (whole, joined) = (current, []);
                if (current is null) return [];
                foreach (var echo in echoes)
                {
                    if (TryJoin(whole!, echo) is not { } more) continue;
                    whole = more;
                    joined.Add(echo);
                }

                return joined.Count == 0 ? [] : [whole!];
            },
            cancellationToken).ConfigureAwait(false);
        if (refusal is not null) return [];

        // An exact repeat of an earlier memory was stored as a count of that one.
        if (whole is null && _failures.IsStored(first)) joined = echoes;
        else if (whole is null) return null;
        foreach (var echo in joined)
        {
            echo.Then?.Invoke();
            _parents.Replace(echo.Entry.Id, whole?.Id);
        }

        if (whole is not null) _parents.Stored([whole]);
        return joined;
    }

    // What turned out not to have failed is not about the failure.
    private MemoryEntry? TryJoin(MemoryEntry first, PendingRecord echo)
    {
        if (!first.Outcome.IsError()) return null;
        try
        {
            return EchoMerge.Into(first, echo.Entry);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // A value that is deeper than JSON may be, or that names a property twice.
            Log.NotJoined(logger, exception);
            return null;
        }
    }
}
