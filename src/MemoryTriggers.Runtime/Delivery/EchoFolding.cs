using MemoryTriggers.Delivery.Echoes;

namespace MemoryTriggers.Delivery;

/// <summary>
/// Makes one memory of one failure: what outer operations recorded of an exception joins the memory of the innermost one, in the batch or
/// in the store. Where that memory does not exist, such as one that a policy has denied, they stay memories of their own. Thread-safe.
/// </summary>
internal sealed class EchoFolding(StoreAttempts attempts, TimeProvider time)
{
    private readonly FailuresUnderWay _failures = new(time);
    private readonly ParentLinks _parents = new();

    /// <summary>A batch is being delivered. <see cref="End"/> must follow.</summary>
    public void Begin(List<PendingRecord> records) => _failures.Begin(Failures(records));

    /// <summary>The delivery of a batch is over, stored or not.</summary>
    public void End(List<PendingRecord> records) => _failures.End(Failures(records));

    /// <summary>Joins what belongs together.</summary>
    /// <param name="records">The records that are to be stored.</param>
    /// <param name="batch">The batch that they are of: what is in it and is not to be stored is no memory.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Those that are memories.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<List<PendingRecord>> FoldAsync(
        List<PendingRecord> records, List<PendingRecord> batch, CancellationToken cancellationToken)
    {
        if (records.TrueForAll(static record => record.EchoOf is null && record.Entry.ParentId is null)) return records;

        var places = new Dictionary<Guid, int>(records.Count);
        var kept = new List<PendingRecord>(records.Count);
        var echoes = new List<PendingRecord>();
        foreach (var record in records)
        {
            if (record.EchoOf is null) Keep(record, kept, places);
            else echoes.Add(record);
        }

        // In the order in which they were captured: from the inner to the outer.
        foreach (var echo in echoes)
        {
            if (places.TryGetValue(echo.EchoOf!.Value, out var place))
            {
                kept[place] = Joined(kept[place], echo);
                await ReplaceAsync(echo, kept[place].Entry.Id, cancellationToken).ConfigureAwait(false);
            }
            else if (batch.Exists(record => record.Entry.Id == echo.EchoOf)
                || !await TryFoldStoredAsync(echo, cancellationToken).ConfigureAwait(false)) Keep(echo, kept, places);
        }

        return kept.ConvertAll(record =>
            _parents.Resolve(record.Entry) is var entry && ReferenceEquals(entry, record.Entry) ? record : record with { Entry = entry });
    }

    /// <summary>These are stored.</summary>
    public void Stored(List<PendingRecord> records)
    {
        _failures.Stored(Failures(records));
        _parents.Stored(records.Select(static record => record.Entry));
    }

    /// <summary>These are no memories: what points at them points at their own parents.</summary>
    public async Task NotKeptAsync(IEnumerable<PendingRecord> records, CancellationToken cancellationToken)
    {
        foreach (var record in records) await ReplaceAsync(record, record.Entry.ParentId, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<Guid> Failures(List<PendingRecord> records) =>
        records.Where(static record => record.Entry.Outcome == TriggerOutcome.Failure).Select(static record => record.Entry.Id);

    private static void Keep(PendingRecord record, List<PendingRecord> kept, Dictionary<Guid, int> places)
    {
        places[record.Entry.Id] = kept.Count;
        kept.Add(record);
    }

    private static PendingRecord Joined(PendingRecord first, PendingRecord echo) =>
        first with { Entry = EchoMerge.Into(first.Entry, echo.Entry), Then = first.Then + echo.Then };

    private async Task<bool> TryFoldStoredAsync(PendingRecord echo, CancellationToken cancellationToken)
    {
        var first = echo.EchoOf!.Value;
        var wasStored = await _failures.WaitAsync(first, cancellationToken).ConfigureAwait(false);
        var isThere = false;
        var failure = await attempts.ChangeAsync(
            first,
            current =>
            {
                isThere = current is not null;
                return current is null ? [] : [EchoMerge.Into(current, echo.Entry)];
            },
            cancellationToken).ConfigureAwait(false);

        // An exact repeat of an earlier memory was stored as a count of that one.
        if (failure is not null || !isThere && !wasStored) return false;
        echo.Then?.Invoke();
        await ReplaceAsync(echo, isThere ? first : null, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task ReplaceAsync(PendingRecord record, Guid? replacement, CancellationToken cancellationToken)
    {
        if (_parents.Replace(record.Entry.Id, replacement))
            await attempts.MoveChildrenAsync(record.Entry.Id, _parents.Resolve, cancellationToken).ConfigureAwait(false);
    }
}
