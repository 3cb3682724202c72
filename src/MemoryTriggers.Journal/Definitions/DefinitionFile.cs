using System.Buffers.Binary;
using MemoryTriggers.Files;

namespace MemoryTriggers.Journal;

/// <summary>
/// One of the files of a <see cref="DefinitionTable"/>: one frame per entry (id, then JSON), appended. One writer at a time.
/// </summary>
internal sealed class DefinitionFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly IDisk _disk;
    private readonly string _path;
    private IDiskFile _file;
    private long _end;
    private long _syncedEnd;
    private byte[] _found;
    private bool _isSuspect;

    public DefinitionFile(string path, IDisk disk)
    {
        (_disk, _path) = (disk, path);
        _file = disk.Open(path, FileMode.OpenOrCreate);
        var bytes = new byte[(int)Math.Min(_file.Length, DefinitionScan.MaxFileBytes)];
        var scan = DefinitionScan.Of(bytes.AsSpan(0, _file.Read(bytes, 0)));

        // A torn tail is overwritten by the next entry.
        // What a killed process left may still be in the page cache only: the first sync covers it.
        (Found, Damaged, IsTornAtEnd) = (scan.Definitions, scan.Damaged, scan.IsTornAtEnd);
        _end = scan.End;
        _found = bytes[..scan.End];
    }

    public string Path => _path;

    /// <summary>The entries that were there when it was opened.</summary>
    public IReadOnlyDictionary<ulong, ReadOnlyMemory<byte>> Found { get; }

    /// <summary>Stretches that did not verify then.</summary>
    public int Damaged { get; }

    /// <summary>Whether the only such stretch is its end.</summary>
    public bool IsTornAtEnd { get; }

    public bool IsDirty => Volatile.Read(ref _end) != Volatile.Read(ref _syncedEnd);

    /// <exception cref="IOException">It is not written.</exception>
    public void Append(ulong id, ReadOnlySpan<byte> json)
    {
        var payload = new byte[DefinitionScan.IdBytes + json.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(payload, id);
        json.CopyTo(payload.AsSpan(DefinitionScan.IdBytes));
        var frame = new byte[JournalFrame.SizeOf(payload.Length)];

        lock (_gate)
        {
            JournalFrame.Encode(frame, DefinitionScan.Nonce, _end, payload);
            _file.Write(frame, _end);
            Volatile.Write(ref _end, _end + frame.Length);
        }
    }

    /// <exception cref="IOException">The entries may not be on disk.</exception>
    public void Sync()
    {
        var end = Volatile.Read(ref _end);

        if (end == _syncedEnd)
            return;

        if (_isSuspect)
            Renew();
        else
            SyncFile(_file);

        _found = [];
        Volatile.Write(ref _syncedEnd, end);
    }

    public void Dispose() => _file.Dispose();

    private void SyncFile(IDiskFile file)
    {
        try
        {
            // As in WrittenSegment: what an earlier process left may have been taken for clean without being on the disk.
            if (_found.Length > 0)
                file.Write(_found, 0);

            file.SyncData();
        }
        catch (IOException)
        {
            _isSuspect = true;
            throw;
        }
    }

    // A sync that failed once says nothing when it succeeds later: the entries go to pages of a new file.
    private void Renew()
    {
        var temporary = JournalDirectory.Temporary(_path);

        lock (_gate)
        {
            var bytes = new byte[(int)_end];
            _ = _file.Read(bytes, 0);
            var file = _disk.Open(temporary, FileMode.Create);

            try
            {
                file.Write(bytes, 0);
                file.SyncData();
                _disk.Move(temporary, _path);
                _disk.SyncDirectory(System.IO.Path.GetDirectoryName(_path)!);
            }
            catch (IOException)
            {
                file.Dispose();
                throw;
            }

            _file.Dispose();
            _file = file;
            _isSuspect = false;
        }
    }
}
