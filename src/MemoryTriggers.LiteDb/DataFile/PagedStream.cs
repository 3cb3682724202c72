using MemoryTriggers.Files;

namespace MemoryTriggers.DataFile;

/// <summary>
/// A file of whole pages, as the stream that LiteDB works on. LiteDB locks it around each move and read or write, and disposes of none.
/// </summary>
internal abstract class PagedStream : Stream
{
    public const int PageSize = 8_192;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var read = ReadAt(buffer, Position);
        Position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        WriteAt(buffer, Position);
        Position += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    protected abstract int ReadAt(Span<byte> buffer, long position);

    protected abstract void WriteAt(ReadOnlySpan<byte> buffer, long position);

    /// <summary>Reads one page; bytes behind the end of the file are zero.</summary>
    public static void ReadPage(IDiskFile file, long offset, Span<byte> page)
    {
        var read = file.Read(page, offset);
        page[read..].Clear();
    }
}
