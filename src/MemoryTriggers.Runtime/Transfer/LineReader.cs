using System.Buffers;
using System.IO.Pipelines;

namespace MemoryTriggers.Transfer;

/// <summary>Lines of bytes from a stream, without holding more than one of them.</summary>
internal static class LineReader
{
    private const byte LineEnd = (byte)'\n';

    /// <returns><see langword="null"/> at the end.</returns>
    /// <exception cref="FormatException">A line is too long.</exception>
    public static async ValueTask<byte[]?> NextAsync(PipeReader reader, int maxBytes, long number, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (buffer.PositionOf(LineEnd) is { } end)
            {
                var line = buffer.Slice(0, end);
                if (line.Length > maxBytes) throw TooLong(number, maxBytes);
                var bytes = line.ToArray();
                reader.AdvanceTo(buffer.GetPosition(1, end));
                return bytes;
            }

            if (buffer.Length > maxBytes) throw TooLong(number, maxBytes);
            if (result.IsCompleted)
            {
                var rest = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return rest.Length > 0 ? rest : null;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static FormatException TooLong(long number, int maxBytes) =>
        new($"Line {number} is longer than {maxBytes} bytes. The lines before it are imported.");
}
