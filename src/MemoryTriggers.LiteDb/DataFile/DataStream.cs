using MemoryTriggers.Files;

namespace MemoryTriggers.DataFile;

/// <summary>The database file. LiteDB writes to it when it is made and at checkpoints only, and flushes after each.</summary>
internal sealed class DataStream(IDiskFile file) : PagedStream
{
    public override long Length => file.Length;

    public override void Flush() => file.SyncData();

    public override void SetLength(long value)
    {
        // LiteDB gives space back only when it rebuilds a file, which is never asked of it.
        if (value < file.Length) throw new NotSupportedException("The database file does not shrink.");
        if (value > file.Length) file.Preallocate(value);
    }

    /// <summary>Reads the first page, which has the identity of the file.</summary>
    public void ReadHeader(Span<byte> page) => ReadPage(file, 0, page);

    protected override int ReadAt(Span<byte> buffer, long position) => file.Read(buffer, position);

    protected override void WriteAt(ReadOnlySpan<byte> buffer, long position) => file.Write(buffer, position);

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }
}
