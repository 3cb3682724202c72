namespace MemoryTriggers.Journal;

/// <summary>
/// The segments of one priority in order: appending to the last, rotation, and the single reader. <c>_gate</c> guards the list
/// and rotation; <c>_reading</c> keeps the memory that is being read from being recycled, and is always taken first.
/// </summary>
internal sealed class JournalLane
{
    private readonly Lock _gate = new();
    private readonly Lock _reading = new();
    private readonly List<JournalSegment> _segments = [];
    private readonly SegmentStore _store;
    private readonly JournalSignal _signal;
    private readonly bool _syncsAtOnce;
    private readonly long _recovered;
    private readonly long _recoveredBytes;
    private volatile JournalSegment? _current;
    private JournalSegment? _prepared;
    private volatile JournalAppendResult _refusal = JournalAppendResult.Accepted;
    private JournalPosition _read;
    private JournalPosition _acknowledged;
    private ulong _nextSequence;
    private long _retiredFrames;
    private long _retiredBytes;
    private long _evictedFrames;
    private long _evictedBytes;
    private volatile bool _isStarved;
    private volatile bool _closed;

    public JournalLane(TriggerPriority priority, RecoveredLane recovered, SegmentStore store, JournalSignal signal, bool syncsAtOnce)
    {
        Priority = priority;
        _store = store;
        _signal = signal;
        _syncsAtOnce = syncsAtOnce;
        _segments.AddRange(recovered.Segments);
        _current = recovered.Segments.Count > 0 && recovered.Segments[^1].SealedEnd < 0 ? recovered.Segments[^1] : null;
        _read = _acknowledged = recovered.Acknowledged;
        _nextSequence = recovered.NextSequence;
        _recovered = recovered.Records;
        _recoveredBytes = recovered.Bytes;
    }

    public TriggerPriority Priority { get; }

    public LaneDrops Drops { get; } = new();

    public JournalPosition Acknowledged
    {
        get
        {
            lock (_reading)
                return _acknowledged;
        }
    }

    public bool HasPending => Statistics().Pending > 0;

    public bool HasUnread => Statistics() is var now && now.Accepted + now.Recovered - now.Evicted > now.Read;

    /// <summary>A record was refused because there was no room for another segment, and there still is none.</summary>
    public bool IsStarved => _isStarved && _refusal == JournalAppendResult.DroppedFull;

    /// <summary>The end of what has been taken so far.</summary>
    public JournalPosition Tail
    {
        get
        {
            lock (_gate)
                return _segments.Count == 0 ? default : new JournalPosition(_segments[^1].Sequence, _segments[^1].ClaimedEnd, 0, 0);
        }
    }

    /// <summary>The disk refused a segment; the sync thread tries again, appends do not.</summary>
    public bool AllocationFailed => _refusal == JournalAppendResult.DroppedFailed;

    public JournalAppendResult TryAppend(ReadOnlySpan<byte> payload)
    {
        while (true)
        {
            var segment = _current;

            switch (segment is null ? SegmentAppend.Sealed : segment.TryAppend(payload))
            {
                case SegmentAppend.Accepted:
                    if (_syncsAtOnce)
                        _signal.Urgent();
                    else
                        _signal.Appended();

                    return JournalAppendResult.Accepted;

                case SegmentAppend.AcceptedPrepareNext:
                    _signal.SegmentNeeded();

                    if (_syncsAtOnce)
                        _signal.Urgent();
                    else
                        _signal.Appended();

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

    public JournalBatch Read(int maxRecords, int maxBytes)
    {
        lock (_reading)
        {
            while (SegmentAt(_read, out var position) is { } segment)
            {
                var read = segment.Read(position.Offset, maxRecords, maxBytes);
                var moved = read.End > _read.Offset || position.Sequence > _read.Sequence;
                _read = position with
                {
                    Offset = read.End,
                    Records = position.Records + read.Records.Length,
                    Bytes = position.Bytes + read.Bytes,
                };

                if (read.Records.Length > 0)
                    return new JournalBatch(Priority, read.Records, _read, read.Rented);

                if (!moved)
                    break;
            }

            return new JournalBatch(Priority, [], _read, null);
        }
    }

    public void Acknowledge(in JournalBatch batch)
    {
        lock (_reading)
        {
            if (!_acknowledged.IsBefore(batch.End))
                return;

            // Past a finished segment, so that it can be recycled without waiting for the next record.
            _acknowledged = batch.End;
            if (SegmentAt(_acknowledged, out var position) is not null)
                _acknowledged = position;

            if (_read.IsBefore(_acknowledged))
                _read = _acknowledged;
        }
    }

    public void Rewind()
    {
        lock (_reading)
            _read = _acknowledged;
    }

    public JournalLaneStatistics Statistics()
    {
        long frames, bytes, evicted, evictedBytes;
        JournalPosition read, acknowledged;

        // Acknowledged before accepted: what is pending may be overstated for a moment, never negative.
        lock (_reading)
        {
            read = _read;
            acknowledged = _acknowledged;

            lock (_gate)
            {
                frames = _retiredFrames + _segments.Sum(segment => segment.Frames);
                bytes = _retiredBytes + _segments.Sum(segment => segment.FrameBytes);
                (evicted, evictedBytes) = (_evictedFrames, _evictedBytes);
            }
        }

        return new JournalLaneStatistics(
            Priority,
            frames,
            _recovered,
            read.Records,
            acknowledged.Records,
            evicted,
            frames + _recovered - acknowledged.Records - evicted,
            bytes + _recoveredBytes - acknowledged.Bytes - evictedBytes,
            Drops[JournalAppendResult.DroppedTooLarge],
            Drops[JournalAppendResult.DroppedFull],
            Drops[JournalAppendResult.DroppedFailed],
            Drops[JournalAppendResult.DroppedClosed]);
    }

    public JournalSegment[] Segments()
    {
        lock (_gate)
            return [.. _segments];
    }

    /// <summary>Whether a segment is wholly acknowledged and may go, once a checkpoint that says so is on disk.</summary>
    public bool HasRecyclable(in JournalPosition acknowledged)
    {
        lock (_gate)
            return _segments.Count > 0 && _segments[0].Sequence < acknowledged.Sequence;
    }

    public void Recycle(in JournalPosition acknowledged)
    {
        while (DetachFirst(acknowledged) is { } segment)
            _store.Release(segment);
    }

    /// <summary>
    /// Gives the oldest segment away that nobody has begun to read and that nothing is appended to any more. Its records are lost, and
    /// counted. Called by the sync thread only: it must not be syncing the segment.
    /// </summary>
    /// <returns><see langword="false"/> when there is none.</returns>
    public bool TryEvict()
    {
        JournalSegment? evicted;
        lock (_reading)
        {
            lock (_gate)
            {
                evicted = _segments.Find(segment =>
                    segment.Sequence > _read.Sequence && !ReferenceEquals(segment, _current) &&
                    segment.IsFinishedAt(segment.PublishedEnd(SegmentHeader.Bytes)));
                if (evicted is null)
                    return false;

                _segments.Remove(evicted);
                _retiredFrames += evicted.Frames;
                _retiredBytes += evicted.FrameBytes;
                _evictedFrames += evicted.Found.Records + evicted.Frames;
                _evictedBytes += evicted.Found.Bytes + evicted.FrameBytes;
            }
        }

        _store.Release(evicted);
        return true;
    }

    /// <summary>Puts a rewritten copy in the place of a suspect segment. Frames keep their offsets, so positions stay valid.</summary>
    public void Replace(JournalSegment suspect, JournalSegment copy)
    {
        lock (_reading)
        {
            lock (_gate)
            {
                _segments[_segments.IndexOf(suspect)] = copy;
                _retiredFrames += suspect.Frames;
                _retiredBytes += suspect.FrameBytes;
            }

            suspect.File.Dispose();
        }
    }

    /// <summary>Has the next segment ready before it is needed. Called by the journal's own threads.</summary>
    public void PrepareNext()
    {
        lock (_gate)
        {
            if (_closed || _prepared is not null || !NeedsNext())
                return;

            _refusal = TryTake(out _prepared);
            _isStarved &= _refusal == JournalAppendResult.DroppedFull;
        }
    }

    /// <summary>Ends appending. The segments stay readable until <see cref="Dispose"/>.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _current?.Close();

            if (_prepared is { } prepared)
                _store.Release(prepared);

            _prepared = null;
        }
    }

    public void Dispose(Func<JournalSegment, bool> mayUnmap)
    {
        lock (_reading)
        {
            lock (_gate)
            {
                foreach (var segment in _segments.Where(mayUnmap))
                    segment.File.Dispose();

                _retiredFrames += _segments.Sum(segment => segment.Frames);
                _retiredBytes += _segments.Sum(segment => segment.FrameBytes);
                _segments.Clear();
            }
        }
    }

    private bool NeedsNext() =>
        _refusal != JournalAppendResult.Accepted || (_current is { } current && current.ClaimedEnd >= current.Capacity / 4);

    private void Rotate(JournalSegment? full)
    {
        lock (_gate)
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
            segment = _store.Take(Priority, _nextSequence);
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

    /// <summary>Why the last segment could not be had.</summary>
    public Exception? LastFailure { get; private set; }

    // Where a position really is: finished segments lead on to the next one.
    private JournalSegment? SegmentAt(in JournalPosition from, out JournalPosition position)
    {
        position = from;

        lock (_gate)
        {
            foreach (var segment in _segments)
            {
                if (segment.Sequence < position.Sequence)
                    continue;

                if (segment.Sequence > position.Sequence)
                    position = position with { Sequence = segment.Sequence, Offset = SegmentHeader.Bytes };

                if (!segment.IsFinishedAt(position.Offset) || ReferenceEquals(segment, _segments[^1]))
                    return segment;
            }
        }

        return null;
    }

    private JournalSegment? DetachFirst(in JournalPosition acknowledged)
    {
        lock (_reading)
        {
            lock (_gate)
            {
                if (_segments.Count == 0 || _segments[0].Sequence >= acknowledged.Sequence)
                    return null;

                var segment = _segments[0];
                _segments.RemoveAt(0);
                _retiredFrames += segment.Frames;
                _retiredBytes += segment.FrameBytes;

                return segment;
            }
        }
    }
}
