using MemoryTriggers.Files;

namespace MemoryTriggers.Journal;

/// <summary>Makes, recycles and deletes segments within the limit of all lanes together.</summary>
internal sealed class SegmentStore : IDisposable
{
    private const int MaxFree = 4;
    private const int SegmentsForReserve = 16;

    private readonly Lock _gate = new();
    private readonly Stack<SegmentFile> _free = [];
    private readonly JournalDirectory? _directory;
    private readonly Func<ulong> _nonce;
    private readonly long _maxBytes;
    private readonly long _spillBytes;
    private readonly Queue<(string Path, long Length)> _undeleted = [];
    private string? _undeletedReason;
    private long _allocated;

    public SegmentStore(JournalDirectory? directory, JournalMode mode, JournalOptions options, IDisk disk)
    {
        _directory = directory;
        Mode = mode;
        Disk = disk;
        _nonce = options.Nonce;
        SegmentBytes = options.SegmentBytes / SegmentHeader.Bytes * SegmentHeader.Bytes;
        _maxBytes = Math.Max(options.MaxBytes, SegmentBytes);
        _spillBytes = options.Overflow == JournalOverflow.Spill ? options.SpillBytes : 0;
    }

    public JournalMode Mode { get; }

    /// <summary>The random id of the journal.</summary>
    public ulong Journal { get; set; }

    public IDisk Disk { get; }

    public int SegmentBytes { get; }

    public long AllocatedBytes => Volatile.Read(ref _allocated);

    /// <summary>Why unneeded files could not be deleted. Deletion is tried again with the next segment, and at the next start.</summary>
    public string? Undeleted => _undeleted.Count == 0 ? null : _undeletedReason;

    /// <summary>Whether more is in use than the journal's own size.</summary>
    public bool IsSpilling => AllocatedBytes > _maxBytes;

    /// <summary>Counts a file that recovery found.</summary>
    public void Adopt(SegmentFile file) => Interlocked.Add(ref _allocated, file.Length);

    /// <summary>An empty segment, or null when the journal is full.</summary>
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
    public JournalSegment? Take(TriggerPriority lane, ulong sequence)
    {
        lock (_gate)
        {
            DeleteLeftovers();
            var file = _free.Count > 0 ? Reuse(lane, sequence) : Create(lane, sequence);

            if (file is null)
                return null;

            var header = new SegmentHeader(lane, sequence, _nonce(), Journal, (uint)file.Length);
            WriteHeader(file, header);

            return file.OnDisk is not null && Mode == JournalMode.Written
                ? new WrittenSegment(file, header, SegmentHeader.Bytes, isClosed: false)
                : new MappedSegment(file, header, SegmentHeader.Bytes);
        }
    }

    /// <summary>Takes back a segment that is no longer read or appended to. Its checkpoint is on disk.</summary>
    public unsafe void Release(JournalSegment segment)
    {
        var file = segment.File;

        if (file.Memory is not null && file.Length == SegmentBytes)
        {
            new Span<byte>(file.Memory, (int)segment.ClaimedEnd).Clear();

            lock (_gate)
            {
                if (_free.Count < MaxFree && !IsSpilling)
                {
                    _free.Push(file);
                    return;
                }
            }
        }

        Discard(file);
    }

    public unsafe void WriteHeader(SegmentFile file, SegmentHeader header)
    {
        if (file.Memory is not null)
        {
            header.Write(new Span<byte>(file.Memory, SegmentHeader.Bytes));
            return;
        }

        var page = new byte[SegmentHeader.Bytes];
        header.Write(page);
        file.OnDisk!.Write(page, 0);
    }

    public void Dispose()
    {
        foreach (var file in _free)
            Discard(file);

        _free.Clear();
    }

    private void Discard(SegmentFile file)
    {
        file.Dispose();
        Delete(file.Path, file.Length);
    }

    // The file is no longer needed: a disk that refuses to delete it must keep neither the journal from going on nor the program from
    // ending.
    private void Delete(string path, long length)
    {
        try
        {
            if (path.Length > 0)
                Disk.Delete(path);

            Interlocked.Add(ref _allocated, -length);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _undeletedReason = failure.Message;

            lock (_gate)
                _undeleted.Enqueue((path, length));
        }
    }

    private void DeleteLeftovers()
    {
        for (var count = _undeleted.Count; count > 0; count--)
        {
            var (path, length) = _undeleted.Dequeue();
            Delete(path, length);
        }
    }

    private SegmentFile Reuse(TriggerPriority lane, ulong sequence)
    {
        var file = _free.Pop();

        if (_directory is null)
            return file;

        try
        {
            var path = _directory.SegmentPath(lane, sequence);
            Disk.Move(file.Path, path);
            file.Path = path;
            file.NameIsNew = true;

            return file;
        }
        catch (IOException)
        {
            _free.Push(file);
            throw;
        }
    }

    private SegmentFile? Create(TriggerPriority lane, ulong sequence)
    {
        // The last segments of a full journal are kept for the more urgent lanes.
        var reserve = _maxBytes >= (long)SegmentsForReserve * SegmentBytes ? (int)lane * (long)SegmentBytes : 0;

        if (AllocatedBytes + SegmentBytes > _maxBytes + _spillBytes - reserve)
            return null;

        var file = _directory is null
            ? SegmentFile.InMemory(SegmentBytes)
            : SegmentFile.Create(_directory.SegmentPath(lane, sequence), SegmentBytes, Mode == JournalMode.Mapped, Disk);

        Interlocked.Add(ref _allocated, SegmentBytes);

        return file;
    }
}
