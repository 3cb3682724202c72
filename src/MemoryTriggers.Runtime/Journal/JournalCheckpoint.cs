using System.Buffers.Binary;

namespace MemoryTriggers.Journal;

/// <summary>
/// How far each lane is acknowledged, in two slots written in turn, so that a torn write leaves the one before. Losing it
/// costs a replay, never a record.
/// </summary>
internal sealed class JournalCheckpoint : IDisposable
{
    public const int Lanes = 4;

    private const int SlotBytes = 4096;
    private const int LaneBytes = 16;
    private const int ContentBytes = 16 + (Lanes * LaneBytes);
    private const ulong Magic = 0x3154504B4347544D; // "MTGCKPT1"

    private readonly string _path;
    private readonly IDisk _disk;
    private readonly byte[] _slot = new byte[SlotBytes];
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
        _file.Preallocate(2 * SlotBytes);
    }

    public JournalPosition[] Positions { get; private set; }

    /// <summary>Writes the positions; synced, they allow segments to be recycled.</summary>
    /// <exception cref="IOException">Not written, or not synced: nothing may be recycled on its word.</exception>
    public void Write(JournalPosition[] positions, bool sync)
    {
        _generation++;
        BinaryPrimitives.WriteUInt64LittleEndian(_slot, Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(_slot.AsSpan(8), _generation);

        for (var lane = 0; lane < Lanes; lane++)
        {
            var at = _slot.AsSpan(16 + (lane * LaneBytes));
            BinaryPrimitives.WriteUInt64LittleEndian(at, positions[lane].Sequence);
            BinaryPrimitives.WriteInt64LittleEndian(at[8..], positions[lane].Offset);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_slot.AsSpan(ContentBytes), Checksum(_slot));

        if (_isSuspect)
            Renew();

        _file.Write(_slot, (long)(_generation % 2) * SlotBytes);

        if (sync)
            Sync();

        Positions = positions;
    }

    public void Dispose() => _file.Dispose();

    private static uint Checksum(ReadOnlySpan<byte> slot) => JournalFrame.Checksum(uint.MaxValue, slot[..ContentBytes]);

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
            file.Preallocate(2 * SlotBytes);
            file.Write(_slot, (long)((_generation + 1) % 2) * SlotBytes);
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
        var positions = new JournalPosition[Lanes];
        var slot = new byte[SlotBytes];

        for (var index = 0; index < 2; index++)
        {
            var read = _file.Read(slot, (long)index * SlotBytes);
            var generation = BinaryPrimitives.ReadUInt64LittleEndian(slot.AsSpan(8));

            if (read < ContentBytes + 4
                || BinaryPrimitives.ReadUInt64LittleEndian(slot) != Magic
                || BinaryPrimitives.ReadUInt32LittleEndian(slot.AsSpan(ContentBytes)) != Checksum(slot)
                || generation <= _generation)
                continue;

            _generation = generation;

            for (var lane = 0; lane < Lanes; lane++)
            {
                var at = slot.AsSpan(16 + (lane * LaneBytes));
                positions[lane] = new JournalPosition(
                    BinaryPrimitives.ReadUInt64LittleEndian(at), BinaryPrimitives.ReadInt64LittleEndian(at[8..]), 0, 0);
            }
        }

        return positions;
    }
}
