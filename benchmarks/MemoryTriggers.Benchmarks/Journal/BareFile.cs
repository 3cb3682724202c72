using MemoryTriggers.Files;

namespace MemoryTriggers.Benchmarks.Journal;

/// <summary>The least that can be done: records copied into a block, the block written to a preallocated file and forced to disk.</summary>
internal sealed class BareFile : IDisposable
{
    private readonly IDiskFile _file;
    private readonly byte[] _block;
    private int _filled;
    private long _end;

    public BareFile(string path, long bytes, int blockBytes)
    {
        _file = SystemDisk.Instance.Open(path, FileMode.Create);
        _file.Preallocate(bytes);
        _block = new byte[blockBytes];
    }

    public void Append(ReadOnlySpan<byte> record)
    {
        record.CopyTo(_block.AsSpan(_filled));
        _filled += record.Length;
    }

    public void Commit()
    {
        _file.Write(_block.AsSpan(0, _filled), _end);
        _end += _filled;
        _filled = 0;
        _file.SyncData();
    }

    public void Dispose() => _file.Dispose();
}
