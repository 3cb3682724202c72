namespace MemoryTriggers.Journal;

/// <summary>
/// The records of one priority: appended at one end, read and acknowledged by a single reader at the other. <c>_reading</c> keeps the
/// memory that is being read from being recycled; it is always taken before the locks of the appender and of the segments.
/// </summary>
internal sealed class JournalLane
{
    private readonly Lock _reading = new();
    private readonly LaneSegments _segments;
    private readonly LaneAppender _appender;
    private readonly SegmentStore _store;
    private readonly LaneVolume _recovered;
    private JournalPosition _read;
    private JournalPosition _acknowledged;

    public JournalLane(TriggerPriority priority, RecoveredLane recovered, SegmentStore store, JournalSignal signal, bool syncsAtOnce)
    {
        Priority = priority;
        _store = store;
        _segments = new LaneSegments(recovered.Segments);
        _appender = new LaneAppender(priority, recovered, _segments, store, signal, syncsAtOnce);
        _recovered = new LaneVolume(recovered.Records, recovered.Bytes);
        _read = _acknowledged = recovered.Acknowledged;
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

    /// <inheritdoc cref="LaneAppender.IsStarved"/>
    public bool IsStarved => _appender.IsStarved;

    /// <inheritdoc cref="LaneAppender.AllocationFailed"/>
    public bool AllocationFailed => _appender.AllocationFailed;

    /// <inheritdoc cref="LaneAppender.LastFailure"/>
    public Exception? LastFailure => _appender.LastFailure;

    /// <inheritdoc cref="LaneSegments.Tail"/>
    public JournalPosition Tail => _segments.Tail;

    public JournalAppendResult TryAppend(ReadOnlySpan<byte> payload) => _appender.TryAppend(payload);

    /// <inheritdoc cref="LaneAppender.PrepareNext"/>
    public void PrepareNext() => _appender.PrepareNext();

    public JournalBatch Read(int maxRecords, int maxBytes)
    {
        lock (_reading)
        {
            while (_segments.At(_read, out var position) is { } segment)
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
            if (_segments.At(_acknowledged, out var position) is not null)
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
        LaneVolume appended, evicted;
        JournalPosition read, acknowledged;

        // Acknowledged before accepted: what is pending may be overstated for a moment, never negative.
        lock (_reading)
        {
            (read, acknowledged) = (_read, _acknowledged);
            (appended, evicted) = _segments.Volumes;
        }

        return new JournalLaneStatistics(
            Priority,
            appended.Records,
            _recovered.Records,
            read.Records,
            acknowledged.Records,
            evicted.Records,
            appended.Records + _recovered.Records - acknowledged.Records - evicted.Records,
            appended.Bytes + _recovered.Bytes - acknowledged.Bytes - evicted.Bytes,
            Drops[JournalAppendResult.DroppedTooLarge],
            Drops[JournalAppendResult.DroppedFull],
            Drops[JournalAppendResult.DroppedFailed],
            Drops[JournalAppendResult.DroppedClosed]);
    }

    /// <inheritdoc cref="LaneSegments.All"/>
    public JournalSegment[] Segments() => _segments.All();

    /// <summary>Whether a segment is wholly acknowledged and may go, once a checkpoint that says so is on disk.</summary>
    public bool HasRecyclable(in JournalPosition acknowledged) => _segments.HasBefore(acknowledged.Sequence);

    public void Recycle(in JournalPosition acknowledged)
    {
        while (Detach(acknowledged) is { } segment)
            _store.Release(segment);
    }

    /// <summary>Overwrites what is acknowledged in the segment that is read. Called by the sync thread only.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void ClearDelivered(in JournalPosition acknowledged)
    {
        foreach (var segment in _segments.All())
            if (segment.Sequence == acknowledged.Sequence && !segment.IsSuspect) segment.Clear(acknowledged.Offset);
    }

    /// <summary>
    /// Evicts the oldest sealed segment that is not being read. Its records are lost, and
    /// counted. Called by the sync thread only: it must not be syncing the segment.
    /// </summary>
    /// <returns><see langword="false"/> when there is none.</returns>
    public bool TryEvict()
    {
        JournalSegment? evicted;
        lock (_reading)
            evicted = _segments.Evict(_read.Sequence, _appender.Current);

        if (evicted is null)
            return false;

        _store.Release(evicted);
        return true;
    }

    /// <summary>Replaces a suspect segment with a rewritten copy.</summary>
    public void Replace(JournalSegment suspect, JournalSegment copy)
    {
        lock (_reading)
        {
            _segments.Replace(suspect, copy);
            suspect.File.Dispose();
        }
    }

    /// <summary>Ends appending. The segments stay readable until <see cref="Dispose"/>.</summary>
    public void Close() => _appender.Close();

    public void Dispose(Func<JournalSegment, bool> mayUnmap)
    {
        lock (_reading)
            _segments.Clear(mayUnmap);
    }

    private JournalSegment? Detach(in JournalPosition acknowledged)
    {
        lock (_reading)
            return _segments.TakeBefore(acknowledged.Sequence);
    }
}
