using System.Buffers.Binary;
using MemoryTriggers.Files;

namespace MemoryTriggers.Journal;

/// <summary>
/// How far each lane is acknowledged, in two slots written in turn, so that a torn write leaves the one before. Losing it
/// costs a replay, never a record.
/// </summary>
internal sealed class JournalCheckpoint : IDisposable
{
    public const int Lanes = 4;

    private readonly string _path;
    private readonly IDisk _disk;
    private readonly byte[] _slot = new byte[CheckpointSlots.SlotBytes];
    private IDiskFile _file;
    private ulong _generation;
    private bool _isSuspect;

    public JournalCheckpoint(string path, IDisk disk)
    {
        _path = path;
        _disk = disk;
        _file = disk.Open(path, FileMode.OpenOrCreate);
        Positions = Load();

        // Both slots have their blocks from the start: on a full disk the checkpoint is what gives space back.
        _file.Preallocate(CheckpointSlots.Count * CheckpointSlots.SlotBytes);
    }

    public JournalPosition[] Positions { get; private set; }

    /// <summary>The random id of the journal that it belongs to; 0 before the first.</summary>
    public ulong Journal { get; set; }

    /// <summary>Writes the positions; synced, they allow segments to be recycled.</summary>
    /// <exception cref="IOException">Not written, or not synced: nothing may be recycled on its word.</exception>
    public void Write(JournalPosition[] positions, bool sync)
    {
        _generation++;
        BinaryPrimitives.WriteUInt64LittleEndian(_slot, CheckpointSlots.Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(_slot.AsSpan(8), _generation);

        for (var lane = 0; lane < Lanes; lane++)
        {
            var at = _slot.AsSpan(16 + (lane * CheckpointSlots.LaneBytes));
            BinaryPrimitives.WriteUInt64LittleEndian(at, positions[lane].Sequence);
            BinaryPrimitives.WriteInt64LittleEndian(at[8..], positions[lane].Offset);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(_slot.AsSpan(CheckpointSlots.JournalAt), Journal);
        BinaryPrimitives.WriteUInt32LittleEndian(_slot.AsSpan(CheckpointSlots.ContentBytes), CheckpointSlots.Checksum(_slot));

        if (_isSuspect)
            Renew();

        _file.Write(_slot, (long)(_generation % CheckpointSlots.Count) * CheckpointSlots.SlotBytes);

        if (sync)
            Sync();

        Positions = positions;
    }

    public void Dispose() => _file.Dispose();

    private void Sync()
    {
        try
        {
            _file.SyncData();
        }
        catch (IOException)
        {
            _isSuspect = true;
            throw;
        }
    }

    // A sync that failed once says nothing when it succeeds later: start on pages of a new file.
    private void Renew()
    {
        var temporary = JournalDirectory.Temporary(_path);
        var file = _disk.Open(temporary, FileMode.Create);

        try
        {
            file.Preallocate(CheckpointSlots.Count * CheckpointSlots.SlotBytes);
            file.Write(_slot, (long)((_generation + 1) % CheckpointSlots.Count) * CheckpointSlots.SlotBytes);
            file.SyncData();
            _disk.Move(temporary, _path);
            _disk.SyncDirectory(Path.GetDirectoryName(_path)!);
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

    private JournalPosition[] Load()
    {
        var bytes = new byte[CheckpointSlots.Count * CheckpointSlots.SlotBytes];
        var newest = CheckpointSlots.Newest(bytes.AsSpan(0, _file.Read(bytes, 0)));
        (_generation, Journal) = (newest.Generation, newest.Journal);

        return newest.Positions;
    }
}
