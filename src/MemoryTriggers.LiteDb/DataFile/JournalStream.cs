using System.Security.Cryptography;
using MemoryTriggers.Files;

namespace MemoryTriggers.DataFile;

/// <summary>
/// The journal, as the log that LiteDB appends pages to and empties at checkpoints. LiteDB itself does not force it to disk: the backend
/// does, before it says that something is stored. Writing never fails here but in <see cref="Sync"/>: a transaction of LiteDB's that an
/// error interrupts may end the process later, from its finalizer (https://github.com/litedb-org/LiteDB/issues/2828).
/// </summary>
internal sealed class JournalStream : PagedStream
{
    private readonly byte[] _frame = new byte[JournalFrames.FrameSize];
    private readonly Func<FileMode, IDiskFile> _open;
    private readonly Dictionary<long, byte[]> _unwritten = [];
    private IDiskFile _file;
    private long _frames;
    private ulong _generation;
    private bool _isDirty;
    private IOException? _failure;

    /// <param name="open">Opens the file; <see cref="FileMode.Create"/> empties it.</param>
    public JournalStream(Func<FileMode, IDiskFile> open)
    {
        _open = open;
        _file = open(FileMode.OpenOrCreate);
        _frames = JournalFrames.CountIntact(_file);
        _generation = _frames > 0 ? JournalFrames.Generation(_file) : NewGeneration();
        HasRest = _file.Length > JournalFrames.Offset(_frames);
    }

    /// <summary>Whether something that is no intact frame follows: the journal must be emptied before anything is added.</summary>
    public bool HasRest { get; private set; }

    public override long Length => _frames * PageSize;

    /// <summary>Pages in the journal.</summary>
    public long Pages => _frames;

    /// <remarks>Does nothing: see <see cref="Sync"/>.</remarks>
    public override void Flush()
    {
    }

    /// <summary>Forces what was written to disk.</summary>
    /// <exception cref="IOException">It could not be written, or the disk refused. The journal must be opened again.</exception>
    public void Sync()
    {
        if (_failure is not null) throw new IOException(_failure.Message, _failure);
        if (!_isDirty) return;
        _file.SyncData();
        _isDirty = false;
    }

    /// <summary>
    /// Writes everything once more and forces it to disk: what can be read may be in the memory of the system only, for good, when forcing
    /// it has failed before.
    /// </summary>
    public void Rewrite()
    {
        var page = new byte[PageSize];
        for (var number = 0L; number < _frames && _failure is null; number++)
        {
            ReadPage(_file, JournalFrames.Offset(number), page);
            TryWrite(page, number);
        }

        Sync();
    }

    /// <remarks>Emptied durably: frames of an earlier life must not follow newer ones.</remarks>
    public override void SetLength(long value)
    {
        if (value == Length && !HasRest) return;
        if (value != 0) throw new NotSupportedException("A journal is emptied, or grows by pages.");
        _file.Dispose();
        _file = _open(FileMode.Create);
        (_frames, _isDirty, HasRest, _generation) = (0, true, false, NewGeneration());
        Sync();
    }

    protected override int ReadAt(Span<byte> buffer, long position)
    {
        var (number, skip) = Math.DivRem(position, PageSize);
        if (number >= _frames) return 0;
        var part = buffer[..Math.Min(buffer.Length, PageSize - (int)skip)];
        if (_unwritten.TryGetValue(number, out var page))
        {
            page.AsSpan((int)skip, part.Length).CopyTo(part);
            return part.Length;
        }

        return _file.Read(part, JournalFrames.Offset(number) + skip);
    }

    protected override void WriteAt(ReadOnlySpan<byte> buffer, long position)
    {
        var (number, skip) = Math.DivRem(position, PageSize);
        if (buffer.Length != PageSize || skip != 0 || number > _frames || HasRest)
            throw new NotSupportedException("A journal is written by whole pages, one behind the other.");

        _frames = Math.Max(_frames, number + 1);
        if (_failure is null) TryWrite(buffer, number);
        if (_failure is not null) _unwritten[number] = buffer.ToArray();
    }

    private static ulong NewGeneration() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private void TryWrite(ReadOnlySpan<byte> page, long number)
    {
        page.CopyTo(_frame);
        JournalFrames.Seal(_frame, number, _generation);
        _isDirty = true;
        try
        {
            _file.Write(_frame, JournalFrames.Offset(number));
        }
        catch (IOException exception)
        {
            _failure = exception;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }
}
