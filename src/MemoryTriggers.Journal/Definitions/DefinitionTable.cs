using System.Buffers.Binary;
using System.Collections.Concurrent;
using MemoryTriggers.Files;

namespace MemoryTriggers.Journal;

/// <summary>
/// The definitions of triggers beside the lanes, so that records of an earlier version of a program can still be read. One
/// frame per entry (id, then JSON) in an append-only file.
/// </summary>
internal sealed class DefinitionTable : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<ulong, ReadOnlyMemory<byte>> _definitions = new();
    private readonly IDisk _disk;
    private readonly string _path = "";
    private IDiskFile? _file;
    private long _end;
    private long _syncedEnd;
    private byte[] _found = [];
    private bool _isSuspect;

    public DefinitionTable(JournalDirectory? directory, IDisk disk)
    {
        _disk = disk;

        if (directory is null)
            return;

        _path = directory.DefinitionsPath;
        _file = disk.Open(_path, FileMode.OpenOrCreate);
        Load();
    }

    public int Count => _definitions.Count;

    /// <summary>Entries that did not verify.</summary>
    public int Damaged { get; private set; }

    /// <summary>An entry could not be written; it is known to this process only.</summary>
    public Exception? LastFailure { get; private set; }

    public bool IsDirty => Volatile.Read(ref _end) != Volatile.Read(ref _syncedEnd);

    public bool TryGet(ulong id, out ReadOnlyMemory<byte> json) => _definitions.TryGetValue(id, out json);

    public void Add(ulong id, ReadOnlySpan<byte> json)
    {
        if (_definitions.ContainsKey(id))
            return;

        lock (_gate)
        {
            if (!_definitions.TryAdd(id, json.ToArray()) || _file is null)
                return;

            var payload = new byte[DefinitionScan.IdBytes + json.Length];
            BinaryPrimitives.WriteUInt64LittleEndian(payload, id);
            json.CopyTo(payload.AsSpan(DefinitionScan.IdBytes));
            var frame = new byte[JournalFrame.SizeOf(payload.Length)];
            JournalFrame.Encode(frame, DefinitionScan.Nonce, _end, payload);

            try
            {
                _file.Write(frame, _end);
                Volatile.Write(ref _end, _end + frame.Length);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // Registering a trigger must not fail the program; health shows it, and the next start writes it again.
                LastFailure = failure;
            }
        }
    }

    /// <exception cref="IOException">The entries may not be on disk.</exception>
    public void Sync()
    {
        var end = Volatile.Read(ref _end);

        if (_file is null || end == _syncedEnd)
            return;

        if (_isSuspect)
            Renew();
        else
            SyncFile(_file);

        _found = [];
        Volatile.Write(ref _syncedEnd, end);
    }

    public void Dispose() => _file?.Dispose();

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
            _ = _file!.Read(bytes, 0);
            var file = _disk.Open(temporary, FileMode.Create);

            try
            {
                file.Write(bytes, 0);
                file.SyncData();
                _disk.Move(temporary, _path);
                _disk.SyncDirectory(Path.GetDirectoryName(_path)!);
            }
            catch (IOException)
            {
                file.Dispose();
                throw;
            }

            _file!.Dispose();
            _file = file;
            _isSuspect = false;
        }
    }

    private void Load()
    {
        var bytes = new byte[(int)Math.Min(_file!.Length, DefinitionScan.MaxFileBytes)];
        var scan = DefinitionScan.Of(bytes.AsSpan(0, _file.Read(bytes, 0)));

        foreach (var (id, json) in scan.Definitions)
            _definitions.TryAdd(id, json);

        // A torn tail is overwritten by the next entry.
        // What a killed process left may still be in the page cache only: the first sync covers it.
        Damaged = scan.Damaged;
        _end = scan.End;
        _found = bytes[..scan.End];
    }
}
