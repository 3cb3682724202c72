namespace MemoryTriggers.Journal;

/// <summary>
/// Appends to the last segment of a lane, and has the next one ready when it is full. Appending takes no lock, rotation does.
/// </summary>
internal sealed class LaneAppender
{
    private readonly Lock _rotating = new();
    private readonly TriggerPriority _priority;
    private readonly LaneSegments _segments;
    private readonly SegmentStore _store;
    private readonly JournalSignal _signal;
    private readonly bool _syncsAtOnce;
    private volatile JournalSegment? _current;
    private JournalSegment? _prepared;
    private ulong _nextSequence;
    private volatile JournalAppendResult _refusal = JournalAppendResult.Accepted;
    private volatile bool _isStarved;
    private volatile bool _closed;

    public LaneAppender(TriggerPriority priority, RecoveredLane recovered, LaneSegments segments, SegmentStore store, JournalSignal signal,
        bool syncsAtOnce)
    {
        (_priority, _segments, _store, _signal, _syncsAtOnce) = (priority, segments, store, signal, syncsAtOnce);
        _current = recovered.Segments.Count > 0 && recovered.Segments[^1].SealedEnd < 0 ? recovered.Segments[^1] : null;
        _nextSequence = recovered.NextSequence;
    }

    /// <summary>The segment that is appended to; <see langword="null"/> before the first.</summary>
    public JournalSegment? Current => _current;

    /// <summary>A record was refused because there was no room for another segment, and there still is none.</summary>
    public bool IsStarved => _isStarved && _refusal == JournalAppendResult.DroppedFull;

    /// <summary>The disk refused a segment; the sync thread tries again, appends do not.</summary>
    public bool AllocationFailed => _refusal == JournalAppendResult.DroppedFailed;

    /// <summary>Why the last segment could not be had.</summary>
    public Exception? LastFailure { get; private set; }

    public JournalAppendResult TryAppend(ReadOnlySpan<byte> payload)
    {
        while (true)
        {
            var segment = _current;

            switch (segment is null ? SegmentAppend.Sealed : segment.TryAppend(payload))
            {
                case SegmentAppend.Accepted:
                    Signal();
                    return JournalAppendResult.Accepted;

                case SegmentAppend.AcceptedPrepareNext:
                    _signal.SegmentNeeded();
                    Signal();
                    return JournalAppendResult.Accepted;

                case SegmentAppend.Failed:
                    return JournalAppendResult.DroppedFailed;
            }

            if (_closed)
                return JournalAppendResult.DroppedClosed;

            if (_refusal is not JournalAppendResult.Accepted and var refusal)
            {
                _isStarved = refusal == JournalAppendResult.DroppedFull;
                return refusal;
            }

            Rotate(segment);
        }
    }

    /// <summary>Has the next segment ready before it is needed. Called by the journal's own threads.</summary>
    public void PrepareNext()
    {
        lock (_rotating)
        {
            if (_closed || _prepared is not null || !NeedsNext())
                return;

            _refusal = TryTake(out _prepared);
            _isStarved &= _refusal == JournalAppendResult.DroppedFull;
        }
    }

    /// <summary>Ends appending.</summary>
    public void Close()
    {
        lock (_rotating)
        {
            _closed = true;
            _current?.Close();

            if (_prepared is { } prepared)
                _store.Release(prepared);

            _prepared = null;
        }
    }

    private void Signal()
    {
        if (_syncsAtOnce)
            _signal.Urgent();
        else
            _signal.Appended();
    }

    private bool NeedsNext() =>
        _refusal != JournalAppendResult.Accepted || (_current is { } current && current.ClaimedEnd >= current.Capacity / 4);

    private void Rotate(JournalSegment? full)
    {
        lock (_rotating)
        {
            if (_closed || !ReferenceEquals(_current, full))
                return;

            var next = _prepared;
            _prepared = null;

            if (next is null && TryTake(out next) is not JournalAppendResult.Accepted and var refusal)
            {
                _refusal = refusal;
                _signal.Urgent();
                return;
            }

            _segments.Add(next!);
            _current = next;
        }
    }

    private JournalAppendResult TryTake(out JournalSegment? segment)
    {
        segment = null;

        try
        {
            segment = _store.Take(_priority, _nextSequence);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Reported by the sync thread, which tries again after every interval; the hot path must not throw.
            LastFailure = failure;
            return JournalAppendResult.DroppedFailed;
        }

        if (segment is null)
            return JournalAppendResult.DroppedFull;

        _nextSequence++;
        return JournalAppendResult.Accepted;
    }
}
