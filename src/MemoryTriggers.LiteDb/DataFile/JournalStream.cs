using MemoryTriggers.Journal;

namespace MemoryTriggers.DataFile;

/// <summary>
/// The journal, as the log that LiteDB appends pages to and empties at checkpoints. LiteDB itself does not force it to disk: the backend
/// does, before it says that something is stored.
/// </summary>
internal sealed class JournalStream : PagedStream
{
    private readonly byte[] _frame = new byte[JournalFrames.FrameSize];
    private readonly Func<FileMode, IDiskFile> _open;
    private IDiskFile _file;
    private long _frames;
    private bool _isDirty;

    /// <param name="open">Opens the file; <see cref="FileMode.Create"/> empties it.</param>
    public JournalStream(Func<FileMode, IDiskFile> open)
    {
        _open = open;
        _file = open(FileMode.OpenOrCreate);
        _frames = JournalFrames.CountIntact(_file);
        HasRest = _file.Length > JournalFrames.Offset(_frames);
        IsDamaged = HasRest && JournalFrames.HasIntactBehind(_file, _frames);
    }

    /// <summary>Whether something that is no intact frame follows: the journal must be emptied before anything is added.</summary>
    public bool HasRest { get; private set; }

    /// <summary>Whether what follows was once stored.</summary>
    public bool IsDamaged { get; }

    public override long Length => _frames * PageSize;

    public override void Flush()
    {
        if (!_isDirty) return;
        _file.SyncData();
        _isDirty = false;
    }

    /// <remarks>Emptied durably: frames of an earlier life must not follow newer ones.</remarks>
    public override void SetLength(long value)
    {
        if (value == Length && !HasRest) return;
        if (value != 0) throw new NotSupportedException("A journal is emptied, or grows by pages.");
        _file.Dispose();
        _file = _open(FileMode.Create);
        (_frames, _isDirty, HasRest) = (0, true, false);
        Flush();
    }

    protected override int ReadAt(Span<byte> buffer, long position)
    {
        var (number, skip) = Math.DivRem(position, PageSize);
        if (number >= _frames) return 0;
        var part = buffer[..Math.Min(buffer.Length, PageSize - (int)skip)];
        return _file.Read(part, JournalFrames.Offset(number) + skip);
    }

    protected override void WriteAt(ReadOnlySpan<byte> buffer, long position)
    {
        var (number, skip) = Math.DivRem(position, PageSize);
        if (buffer.Length != PageSize || skip != 0 || number > _frames || HasRest)
            throw new NotSupportedException("A journal is written by whole pages, one behind the other.");

        buffer.CopyTo(_frame);
        JournalFrames.Seal(_frame, number);
        _isDirty = true;
        _file.Write(_frame, JournalFrames.Offset(number));
        _frames = Math.Max(_frames, number + 1);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }
}
