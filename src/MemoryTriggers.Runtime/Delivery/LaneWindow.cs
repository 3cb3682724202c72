using MemoryTriggers.Capture;
using MemoryTriggers.Journal;

namespace MemoryTriggers.Delivery;

/// <summary>
/// The batches of one lane that were read and not acknowledged, in order. They may be stored in any order, and are acknowledged in
/// theirs. A batch with a correction starts only when the ones before it are stored: the correction has the last word.
/// </summary>
internal sealed class LaneWindow
{
    private readonly Queue<(JournalBatch Batch, Task<DeliveryResult> Delivery)> _entries = [];
    private JournalBatch? _held;

    /// <summary>Whether another batch may be read: not while one is held, nor when too many wait for the first.</summary>
    public bool IsOpen(int most) => _held is null && _entries.Count < most;

    /// <summary>Whether the first batch is done, well or badly.</summary>
    public bool IsFirstDone => _entries.TryPeek(out var first) && first.Delivery.IsCompleted;

    public bool IsEmpty => _entries.Count == 0 && _held is null;

    /// <summary>The batches in flight.</summary>
    public IEnumerable<Task<DeliveryResult>> Deliveries =>
        _entries.Select(static entry => entry.Delivery).Where(static delivery => !delivery.IsCompleted);

    public void Add(JournalBatch batch, Func<JournalBatch, Task<DeliveryResult>> deliver)
    {
        if (_entries.Count > 0 && HasCorrection(batch)) _held = batch;
        else _entries.Enqueue((batch, deliver(batch)));
    }

    /// <summary>Takes the first batch out when it is done, well or badly, and starts the one that waited for it.</summary>
    public bool TryTake(Func<JournalBatch, Task<DeliveryResult>> deliver, out JournalBatch batch, out Task<DeliveryResult> delivery)
    {
        (batch, delivery) = (default, null!);
        if (!IsFirstDone) return false;

        (batch, delivery) = _entries.Dequeue();
        if (_entries.Count == 0 && _held is { } held && delivery.IsCompletedSuccessfully)
        {
            _held = null;
            _entries.Enqueue((held, deliver(held)));
        }

        return true;
    }

    /// <summary>Gives all batches back. Nothing of it may be on its way any more.</summary>
    public void Clear()
    {
        foreach (var (batch, _) in _entries) batch.Return();
        _entries.Clear();
        _held?.Return();
        _held = null;
    }

    private static bool HasCorrection(JournalBatch batch)
    {
        foreach (var record in batch.Records)
        {
            if (record.Length > CaptureFormat.FlagsOffset
                && ((CaptureFlags)record.Span[CaptureFormat.FlagsOffset]).HasFlag(CaptureFlags.Correction)) return true;
        }

        return false;
    }
}
