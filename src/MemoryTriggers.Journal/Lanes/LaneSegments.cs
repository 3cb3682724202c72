namespace MemoryTriggers.Journal;

/// <summary>The segments of one lane in order, and how much they have taken. Thread-safe.</summary>
internal sealed class LaneSegments(IEnumerable<JournalSegment> recovered)
{
    private readonly Lock _gate = new();
    private readonly List<JournalSegment> _segments = [.. recovered];
    private LaneVolume _retired;
    private LaneVolume _evicted;

    /// <summary>The end of what has been taken so far.</summary>
    public JournalPosition Tail
    {
        get
        {
            lock (_gate)
                return _segments.Count == 0 ? default : new JournalPosition(_segments[^1].Sequence, _segments[^1].ClaimedEnd, 0, 0);
        }
    }

    /// <summary>What was appended by this process, in segments that are here and that are gone, and what was given away unread.</summary>
    public (LaneVolume Appended, LaneVolume Evicted) Volumes
    {
        get
        {
            lock (_gate)
                return (_segments.Aggregate(_retired, static (sum, segment) => sum + LaneVolume.AppendedTo(segment)), _evicted);
        }
    }

    public JournalSegment[] All()
    {
        lock (_gate)
            return [.. _segments];
    }

    public void Add(JournalSegment segment)
    {
        lock (_gate)
            _segments.Add(segment);
    }

    /// <summary>Where a position really is: finished segments lead on to the next one.</summary>
    public JournalSegment? At(in JournalPosition from, out JournalPosition position)
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

    public bool HasBefore(ulong sequence)
    {
        lock (_gate)
            return _segments.Count > 0 && _segments[0].Sequence < sequence;
    }

    /// <summary>Removes the first segment if it is before the sequence.</summary>
    public JournalSegment? TakeBefore(ulong sequence)
    {
        lock (_gate)
            return _segments.Count > 0 && _segments[0].Sequence < sequence ? Retire(_segments[0]) : null;
    }

    /// <summary>Takes out the oldest segment after the sequence that is finished, and counts what it held as evicted.</summary>
    public JournalSegment? Evict(ulong after, JournalSegment? current)
    {
        lock (_gate)
        {
            var evicted = _segments.Find(segment =>
                segment.Sequence > after && !ReferenceEquals(segment, current)
                    && segment.IsFinishedAt(segment.PublishedEnd(SegmentHeader.Bytes)));
            if (evicted is null)
                return null;

            _evicted += LaneVolume.AppendedTo(evicted) + LaneVolume.FoundIn(evicted);
            return Retire(evicted);
        }
    }

    /// <summary>Replaces a segment with a rewritten copy. Frames keep their offsets, so positions stay valid.</summary>
    public void Replace(JournalSegment segment, JournalSegment copy)
    {
        lock (_gate)
        {
            _segments[_segments.IndexOf(segment)] = copy;
            _retired += LaneVolume.AppendedTo(segment);
        }
    }

    /// <summary>Lets all segments go, and unmaps those that may be.</summary>
    public void Clear(Func<JournalSegment, bool> mayUnmap)
    {
        lock (_gate)
        {
            foreach (var segment in _segments.Where(mayUnmap))
                segment.File.Dispose();

            while (_segments.Count > 0)
                Retire(_segments[0]);
        }
    }

    private JournalSegment Retire(JournalSegment segment)
    {
        _segments.Remove(segment);
        _retired += LaneVolume.AppendedTo(segment);
        return segment;
    }
}
