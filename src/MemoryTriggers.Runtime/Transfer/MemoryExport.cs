using System.Text.Json;

namespace MemoryTriggers.Transfer;

/// <summary>Writes memories as JSON Lines: one on each line, in UTF-8, the newest first.</summary>
internal static class MemoryExport
{
    private const int FlushedAt = 64 * 1024;

    public static async Task<long> WriteAsync(IAsyncEnumerable<MemoryEntry> entries, Stream target, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        var count = 0L;
        using var lines = new MemoryStream();
        await foreach (var entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            JsonSerializer.Serialize(lines, entry, MemoryJson.Compact.MemoryEntry);
            lines.WriteByte((byte)'\n');
            count++;
            progress?.Report(count);
            if (lines.Length >= FlushedAt) await FlushAsync().ConfigureAwait(false);
        }

        await FlushAsync().ConfigureAwait(false);
        await target.FlushAsync(cancellationToken).ConfigureAwait(false);
        return count;

        async Task FlushAsync()
        {
            await target.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), cancellationToken).ConfigureAwait(false);
            lines.SetLength(0);
        }
    }
}
