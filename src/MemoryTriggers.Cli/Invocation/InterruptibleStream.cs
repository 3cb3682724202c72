namespace MemoryTriggers.Cli.Invocation;

/// <summary>
/// A stream for reading whose reads end at once when they are canceled, also where the system goes on waiting, as it does for a terminal. A
/// read that was left behind keeps its own buffer, and what it gets is lost: after a cancellation nothing can be read any more. One read at
/// a time.
/// </summary>
internal sealed class InterruptibleStream(Stream inner) : Stream
{
    private const int MaxBytes = 64 * 1024;
    private readonly byte[] _buffer = new byte[MaxBytes];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = Math.Min(buffer.Length, MaxBytes);
        var read = await Task.Run(() => inner.Read(_buffer, 0, count), cancellationToken).WaitAsync(cancellationToken);
        _buffer.AsSpan(0, read).CopyTo(buffer.Span);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // A read may still be under way: the end of the process closes what it reads from.
}
