using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using MemoryTriggers.Files;
using MemoryTriggers.Transfer;

namespace MemoryTriggers.Retention;

/// <summary>
/// Memories that went, as JSON Lines in a compressed file for each month in which they were made. Used by one process at a time.
/// </summary>
internal sealed class MemoryArchive(string folder, INativeFile? native = null)
{
    private readonly INativeFile _native = native ?? NativeFile.Instance;

    private static ReadOnlySpan<byte> LineEnd => "\n"u8;

    /// <summary>
    /// Adds memories. Returns when they are on disk. What was added before a crash, and is added again, appears twice and is one memory
    /// when it is imported.
    /// </summary>
    /// <exception cref="IOException">They are not.</exception>
    public void Add(IEnumerable<MemoryEntry> entries)
    {
        DurableDirectory.Create(Path.GetFullPath(folder), SystemDisk.Instance);
        foreach (var month in entries.GroupBy(static entry =>
            entry.CreatedAt.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture)))
            Append(Path.Combine(folder, $"memories-{month.Key}.jsonl.gz"), month);
    }

    // A compressed file is one or more compressed parts: each time adds one.
    private void Append(string path, IEnumerable<MemoryEntry> entries)
    {
        using var file = PrivateFile.Open(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        var start = file.Position;
        try
        {
            using (var compressed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
            {
                foreach (var entry in entries)
                {
                    JsonSerializer.Serialize(compressed, entry, MemoryJson.Compact.MemoryEntry);
                    compressed.Write(LineEnd);
                }
            }

            // What is here is deleted from the store next: an error of the disk must show, and FileStream's own flush hides it.
            file.Flush();
            _native.SyncData(file.SafeFileHandle);
            if (start == 0) _native.SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch
        {
            // Half of a part would make what is added later unreadable.
            file.SetLength(start);
            throw;
        }
    }
}
