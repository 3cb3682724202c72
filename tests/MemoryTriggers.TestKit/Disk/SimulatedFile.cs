using System.Runtime.InteropServices;

namespace MemoryTriggers.TestKit.Disk;

/// <summary>
/// A file as the system sees it and as the disk has it. Its memory never moves once it has its length, so that it can be mapped. A sync
/// that failed takes the sectors for clean, as Linux does: only what is changed afterwards reaches the disk.
/// </summary>
internal sealed class SimulatedFile
{
    public const int SectorBytes = 512;
    private byte[] _durable = [];
    private byte[]? _takenForClean;

    public byte[] Content { get; private set; } = [];

    public long Length { get; private set; }

    public DateTimeOffset WrittenAt { get; set; }

    public void Grow(long length)
    {
        if (length <= Length) return;
        if (length > Content.Length)
        {
            var grown = GC.AllocateArray<byte>((int)((length + SectorBytes - 1) / SectorBytes * SectorBytes), pinned: true);
            Content.AsSpan(0, (int)Length).CopyTo(grown);
            Content = grown;
        }

        Length = length;
    }

    public void Truncate()
    {
        (Content, Length) = ([], 0);
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        Grow(offset + bytes.Length);
        bytes.CopyTo(Content.AsSpan((int)offset));
        MakeDirty(offset, bytes.Length);
    }

    /// <summary>Somebody has put it into memory and written to each of its pages.</summary>
    public void MakeDirty() => _takenForClean = null;

    public unsafe byte* Address => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(Content, 0);

    public void Sync(long offset, long length)
    {
        // A file that was made shorter is so for good from here on: a file system does not give old blocks back.
        if (_durable.Length > Content.Length) Array.Resize(ref _durable, Content.Length);
        GrowDurable();
        var last = Math.Min(Content.Length, (offset + length + SectorBytes - 1) / SectorBytes * SectorBytes);
        for (var at = (int)(offset / SectorBytes * SectorBytes); at < last; at += SectorBytes)
        {
            var sector = Content.AsSpan(at, SectorBytes);
            var isTakenForClean = _takenForClean is { } clean && at < clean.Length
                && sector.SequenceEqual(clean.AsSpan(at, SectorBytes)) && !sector.SequenceEqual(_durable.AsSpan(at, SectorBytes));
            if (!isTakenForClean) sector.CopyTo(_durable.AsSpan(at));
        }
    }

    public void FailSync()
    {
        GrowDurable();
        _takenForClean = [.. Content];
    }

    /// <summary>What another process finds: everything that was written.</summary>
    public SimulatedFile AfterKill()
    {
        var copy = new SimulatedFile { _durable = [.. _durable], _takenForClean = _takenForClean is null ? null : [.. _takenForClean], WrittenAt = WrittenAt };
        copy.Grow(Length);
        Content.AsSpan(0, (int)Length).CopyTo(copy.Content);
        return copy;
    }

    /// <summary>What is there when the power returns: what was synced, and some sectors of the rest.</summary>
    public SimulatedFile AfterPowerLoss(Random random)
    {
        var copy = new SimulatedFile { WrittenAt = WrittenAt };
        var length = random.Next(2) == 0 ? Length : Math.Min(Length, _durable.Length);
        copy.Grow(Math.Max(length, Math.Min(Length, _durable.Length)));
        _durable.AsSpan(0, (int)Math.Min(_durable.Length, copy.Length)).CopyTo(copy.Content);
        var chance = random.Next(3) switch { 0 => 0.0, 1 => 1.0, _ => 0.5 };
        for (var at = 0; at < Math.Min(copy.Content.Length, Content.Length); at += SectorBytes)
        {
            if (random.NextDouble() < chance) Content.AsSpan(at, SectorBytes).CopyTo(copy.Content.AsSpan(at));
        }

        copy._durable = [.. copy.Content];
        return copy;
    }

    // Whatever is written is to be brought to the disk, also when it is the same as before. A byte that differs says so.
    private void MakeDirty(long offset, long length)
    {
        if (_takenForClean is null) return;
        for (var at = offset / SectorBytes * SectorBytes; at < Math.Min(_takenForClean.Length, offset + length); at += SectorBytes)
            _takenForClean[at] = (byte)~Content[at];
    }

    private void GrowDurable()
    {
        if (_durable.Length < Content.Length) Array.Resize(ref _durable, Content.Length);
    }
}
