using System.Buffers;
using MemoryTriggers.Files;

namespace MemoryTriggers.Delivery.DeadLetters;

/// <summary>Reads the letters of a file one after the other. Where something else is, it goes on with the next that can be read.</summary>
/// <param name="file">The file.</param>
internal sealed class LetterWalk(IDiskFile file)
{
    private const int BlockBytes = 4096;
    private byte[] _buffer = new byte[BlockBytes];

    /// <summary>What was not as it was written; <see langword="null"/> while all was.</summary>
    public string? Damage { get; private set; }

    /// <summary>The letters of a part of the file that were not taken away.</summary>
    public IEnumerable<(LetterFrame Frame, string Id)> Read(long from, long end)
    {
        if (file.Length < end) Damage = $"ends at {file.Length} of {end} bytes";
        end = Math.Min(end, file.Length);
        for (var at = from; at + LetterFrame.HeadBytes <= end;)
        {
            if (Head(at) is not { } head || head.Frame.End > end)
            {
                Damage ??= $"has something else at {at}";
                at = Next(at + LetterFrame.Alignment, end);
                continue;
            }

            at = head.Frame.End;
            if (head.IsGone) continue;
            if (Payload(head.Frame) is { } payload) yield return (head.Frame, LetterFrame.Id(payload.Span));
        }
    }

    /// <summary>Id and content, valid until the next call; <see langword="null"/> when they are not as they were written.</summary>
    public ReadOnlyMemory<byte>? Payload(LetterFrame frame)
    {
        if (_buffer.Length < frame.Bytes) _buffer = new byte[Math.Max(frame.Bytes, 2 * _buffer.Length)];
        var payload = _buffer.AsMemory(0, frame.Bytes);
        if (Fill(payload.Span, frame.At + LetterFrame.HeadBytes) == frame.Bytes && frame.IsWhole(payload.Span)) return payload;
        // Another process may have taken it away since.
        if (Head(frame.At) is not { IsGone: true }) Damage ??= $"has changed bytes at {frame.At}";
        return null;
    }

    private (LetterFrame Frame, bool IsGone)? Head(long at)
    {
        Span<byte> head = stackalloc byte[LetterFrame.HeadBytes];
        return LetterFrame.Parse(head[..Fill(head, at)], at);
    }

    // Behind a bad part.
    private long Next(long from, long end)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            for (var at = from; at < end; at += BlockBytes)
            {
                var read = Fill(block.AsSpan(0, BlockBytes), at);
                for (var place = 0; place + LetterFrame.Mark.Length <= read; place += LetterFrame.Alignment)
                    if (block.AsSpan(place).StartsWith(LetterFrame.Mark) && Head(at + place) is not null) return at + place;
            }

            return end;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    // A part that the disk cannot read is like one that was overwritten: what is behind it may be whole.
    private int Fill(Span<byte> bytes, long at)
    {
        try
        {
            return file.Read(bytes, at);
        }
        catch (IOException exception)
        {
            Damage ??= $"cannot be read at {at} ({exception.Message})";
            bytes.Clear();
            return bytes.Length;
        }
    }
}
