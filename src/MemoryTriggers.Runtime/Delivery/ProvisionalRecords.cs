using System.Collections.Concurrent;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Delivery;

/// <summary>
/// The provisional records that are on their way: a scope that an exception may still leave, a call whose <c>finally</c> may still replace
/// its exception. Delivery waits until the outcome of one is known, so that policies, limits and counts see one record with one outcome.
/// Thread-safe.
/// </summary>
internal sealed class ProvisionalRecords(TimeProvider time)
{
    /// <summary>After this time without a correction the outcome counts as final: what corrects it follows on the same thread.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, Record> _records = [];
    private readonly long _startedAt = time.GetUtcNow().UtcTicks;
    private TaskCompletionSource _changed = New();

    private enum Fate
    {
        Open,
        Replaced,
        Refused,
    }

    private readonly record struct Record(Fate Fate, long Since);

    /// <summary>A provisional record arrives.</summary>
    public void Begin(in CaptureId id) => _records[id.ToGuid()] = new Record(Fate.Open, time.GetTimestamp());

    /// <summary>A provisional record was not taken: what corrects it is not taken either.</summary>
    public void Refuse(in CaptureId id) => _records[id.ToGuid()] = new Record(Fate.Refused, time.GetTimestamp());

    /// <summary>A correction arrives.</summary>
    /// <returns><see langword="false"/> when the record that it corrects was not taken.</returns>
    public bool TryReplace(in CaptureId id)
    {
        var key = id.ToGuid();
        if (!_records.TryGetValue(key, out var record)) return true;
        if (record.Fate == Fate.Refused)
        {
            _records.TryRemove(key, out _);
            return false;
        }

        _records.TryUpdate(key, record with { Fate = Fate.Replaced }, record);
        Announce();
        return true;
    }

    /// <summary>The correction was not taken after all: its record is final, if it has not gone yet.</summary>
    public void Keep(in CaptureId id)
    {
        if (_records.TryRemove(id.ToGuid(), out _)) Announce();
    }

    /// <summary>No correction follows.</summary>
    public void Settle(in CaptureId id)
    {
        var key = id.ToGuid();
        if (!_records.TryGetValue(key, out var record) || record.Fate == Fate.Replaced) return;
        if (_records.TryRemove(KeyValuePair.Create(key, record)) && record.Fate == Fate.Open) Announce();
    }

    /// <summary>No correction follows any record: nothing is captured any more.</summary>
    public void SettleAll()
    {
        foreach (var (key, record) in _records)
            if (record.Fate == Fate.Open) _records.TryRemove(KeyValuePair.Create(key, record));
        Announce();
    }

    /// <summary>Waits until the outcome of each is known, or its time is over.</summary>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task WaitAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            var left = ids.Select(Left).DefaultIfEmpty().Max();
            if (left <= TimeSpan.Zero) return;

            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(left, time, over.Token)).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Whether a correction has taken the place of a record.</summary>
    public bool IsReplaced(Guid id) => _records.TryGetValue(id, out var record) && record.Fate == Fate.Replaced;

    /// <summary>Whether the process that captured a record ended before its outcome was known.</summary>
    public bool IsLeftOpen(MemoryEntry entry) => !_records.ContainsKey(entry.Id) && entry.UpdatedAt.UtcTicks < _startedAt;

    /// <summary>A provisional record is delivered as it is: a correction of it comes too late to be seen before it.</summary>
    public void Delivered(Guid id)
    {
        if (_records.TryGetValue(id, out var record) && record.Fate == Fate.Open) _records.TryRemove(KeyValuePair.Create(id, record));
    }

    /// <summary>A correction is delivered.</summary>
    public void Corrected(Guid id) => _records.TryRemove(id, out _);

    private TimeSpan Left(Guid id) =>
        _records.TryGetValue(id, out var record) && record.Fate == Fate.Open ? Longest - time.GetElapsedTime(record.Since) : TimeSpan.Zero;

    private void Announce() => Interlocked.Exchange(ref _changed, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
