using MemoryTriggers.Files;
using MemoryTriggers.Problems;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Journal;

/// <summary>
/// Reads what an earlier process left, whatever it is. Nothing here may stop the journal from starting: damaged parts are
/// moved aside and counted, and later segments still drain.
/// </summary>
/// <param name="directory">The folder.</param>
/// <param name="store">Takes over the files.</param>
/// <param name="checkpoint">How far each lane is acknowledged.</param>
/// <param name="quarantine">Takes damaged parts.</param>
/// <param name="hasGaps">Whether segments may have been given up for more urgent ones: then their absence says nothing.</param>
/// <param name="problems">Learns of what is lost, or may be.</param>
/// <param name="logger">Where to log.</param>
internal sealed class JournalRecovery(
    JournalDirectory directory,
    SegmentStore store,
    JournalPosition[] checkpoint,
    Quarantine quarantine,
    bool hasGaps,
    ProblemLog problems,
    ILogger logger)
{
    private const int MaxFileBytes = JournalOptions.MaxSegmentBytes;

    private readonly List<SegmentScan>[] _scans = [.. checkpoint.Select(_ => new List<SegmentScan>())];
    private readonly List<ulong>[] _present = [.. checkpoint.Select(_ => new List<ulong>())];
    private readonly ulong[] _lastSequences = [.. checkpoint.Select(acknowledged => acknowledged.Sequence)];
    private byte[] _buffer = [];

    public long Torn { get; private set; }

    public long Quarantined { get; private set; }

    /// <summary>Segments and stretches between whole records that are damaged: more than an end that a killed process leaves.</summary>
    public int Damaged { get; private set; }

    public RecoveredLane[] Run()
    {
        foreach (var path in directory.SegmentFiles())
            Examine(path);

        var lanes = new RecoveredLane[_scans.Length];

        for (var lane = 0; lane < lanes.Length; lane++)
        {
            ReportGaps((TriggerPriority)lane);
            lanes[lane] = Assemble((TriggerPriority)lane);
        }

        return lanes;
    }

    private void Examine(string path)
    {
        // No name is used again, that of a file which cannot be read now included.
        if (JournalDirectory.TryReadName(path, out var lane, out var sequence))
            Keep(lane, sequence);

        try
        {
            if (Scan(path) is not { } scan)
                return;

            Keep(scan.Header.Lane, scan.Header.Sequence);
            _scans[(int)scan.Header.Lane].Add(scan);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // An unreadable file stays where it is, for a later start to try again.
            Quarantined++;
            Log.SegmentUnreadable(logger, path, failure);
        }
    }

    private void Keep(TriggerPriority lane, ulong sequence)
    {
        _lastSequences[(int)lane] = Math.Max(_lastSequences[(int)lane], sequence);
        _present[(int)lane].Add(sequence);
    }

    private void ReportGaps(TriggerPriority lane)
    {
        if (hasGaps)
            return;

        foreach (var (first, last) in SegmentGaps.Find(_present[(int)lane], checkpoint[(int)lane].Sequence))
        {
            problems.Report($"segments {first:x} to {last:x} of the lane {lane.ToString().ToLowerInvariant()} are missing in "
                + $"{directory.FullPath}: records that were not stored yet are lost with them");
        }
    }

    private SegmentScan? Scan(string path)
    {
        var bytes = ReadAll(path);

        if (!SegmentHeader.TryRead(bytes, out var header, out var intact))
        {
            SetAside(path, bytes);
            return null;
        }

        if (!intact)
            Log.HeaderDamaged(logger, path);

        if (header.Length > bytes.Length && header.Sequence >= checkpoint[(int)header.Lane].Sequence)
            problems.Report($"{path} has {bytes.Length} bytes of {header.Length}: records that were in the rest are lost");

        var acknowledged = checkpoint[(int)header.Lane];

        if (header.Sequence < acknowledged.Sequence)
        {
            store.Disk.Delete(path);
            return null;
        }

        var start = header.Sequence == acknowledged.Sequence
            ? Math.Clamp(acknowledged.Offset, SegmentHeader.Bytes, Math.Max(SegmentHeader.Bytes, bytes.Length))
            : SegmentHeader.Bytes;
        var scan = SegmentScan.Of(path, header, bytes, (int)start);

        foreach (var (from, to) in scan.Damage)
        {
            Report(path, from, bytes[(int)from..(int)to]);

            // The end may be a record that was being written when its process died.
            if (to < scan.DirtyEnd && bytes[(int)from..(int)to].ContainsAnyExcept((byte)0))
                Damaged++;
        }

        return scan;
    }

    private void SetAside(string path, ReadOnlySpan<byte> bytes)
    {
        if (HoldsNothing(path, bytes))
        {
            if (bytes.Length < SegmentHeader.Bytes)
                problems.Report($"{path} was empty, or shorter than its header: records that were in it are lost");

            store.Disk.Delete(path);
            return;
        }

        Quarantined++;
        Damaged++;
        quarantine.Move(path);
        Log.SegmentQuarantined(logger, path);
    }

    // The process died while the file was zeroed for its next use, or before the header of that use was whole.
    private bool HoldsNothing(string path, ReadOnlySpan<byte> bytes) =>
        !bytes[Math.Min(SegmentHeader.Bytes, bytes.Length)..].ContainsAnyExcept((byte)0)
        || (JournalDirectory.TryReadName(path, out var lane, out var sequence) && sequence < checkpoint[(int)lane].Sequence);

    private void Report(string path, long offset, ReadOnlySpan<byte> bytes)
    {
        Torn++;

        if (bytes.Length >= 4 && JournalFrame.IsPlausible(BitConverter.ToUInt32(bytes)))
            Quarantined++;

        if (bytes.ContainsAnyExcept((byte)0))
            KeepCopy(path, offset, bytes.TrimEnd((byte)0));

        Log.FramesDamaged(logger, path, offset, bytes.Length);
    }

    // Kept for inspection. The whole frames around it matter more: they must be read even when there is no room for this.
    private void KeepCopy(string path, long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            quarantine.Copy(path, offset, bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.QuarantineFailed(logger, path, offset, failure);
        }
    }

    private RecoveredLane Assemble(TriggerPriority lane)
    {
        var scans = _scans[(int)lane];
        scans.Sort((left, right) => left.Header.Sequence.CompareTo(right.Header.Sequence));
        var segments = new List<JournalSegment>(scans.Count);

        foreach (var scan in scans)
            segments.Add(Open(scan, isLast: ReferenceEquals(scan, scans[^1])));

        foreach (var segment in segments)
            store.Adopt(segment.File);

        var acknowledged = checkpoint[(int)lane];

        return new RecoveredLane(
            segments, acknowledged, _lastSequences[(int)lane] + 1, scans.Sum(scan => scan.Frames), scans.Sum(scan => scan.FrameBytes));
    }

    private JournalSegment Open(SegmentScan scan, bool isLast)
    {
        if (isLast && TryResume(scan) is { } open)
            return open;

        var onDisk = store.Disk.Open(scan.Path, FileMode.Open);

        return new WrittenSegment(SegmentFile.Open(scan.Path, onDisk, scan.Length, mapped: false), scan.Header, scan.End, isClosed: true)
        {
            Holes = scan.Holes,
            SyncedEnd = scan.Start,
            Found = (scan.Frames, scan.FrameBytes),
        };
    }

    // Appending goes on behind the last whole frame, so that a process that restarts often does not fill the disk.
    private JournalSegment? TryResume(SegmentScan scan)
    {
        if (scan.Length != store.SegmentBytes)
            return null;

        var onDisk = store.Disk.Open(scan.Path, FileMode.Open);

        try
        {
            var mapped = store.Mode == JournalMode.Mapped;
            onDisk.Preallocate(scan.Length);
            ZeroTail(onDisk, scan);
            var file = SegmentFile.Open(scan.Path, onDisk, scan.Length, mapped);
            store.WriteHeader(file, scan.Header);

            return mapped
                ? new MappedSegment(file, scan.Header, scan.End)
                {
                    Holes = scan.Holes,
                    SyncedEnd = scan.Start,
                    Found = (scan.Frames, scan.FrameBytes),
                }
                : new WrittenSegment(file, scan.Header, scan.End, isClosed: false)
                {
                    Holes = scan.Holes,
                    SyncedEnd = scan.Start,
                    Found = (scan.Frames, scan.FrameBytes),
                };
        }
        catch (IOException failure)
        {
            // The disk is full: what is there can still be drained, and new records get a segment when there is space.
            Log.ResumeFailed(logger, scan.Path, failure);
            onDisk.Dispose();
            return null;
        }
    }

    private static void ZeroTail(IDiskFile onDisk, SegmentScan scan)
    {
        if (scan.DirtyEnd > scan.End)
            onDisk.Write(new byte[scan.DirtyEnd - scan.End], scan.End);
    }

    private Span<byte> ReadAll(string path)
    {
        using var onDisk = store.Disk.Open(path, FileMode.Open);
        var length = (int)Math.Min(onDisk.Length, MaxFileBytes);

        if (_buffer.Length < length)
            _buffer = new byte[length];

        var bytes = _buffer.AsSpan(0, length);
        return bytes[..onDisk.Read(bytes, 0)];
    }
}
