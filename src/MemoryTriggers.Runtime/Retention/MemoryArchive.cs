using System.Globalization;
using System.IO.Compression;
using System.Text;
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

    /// <summary>Removes memories from all files; one without any is deleted. Lines that are no memory stay.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="IOException">A file cannot be read or written; it is as it was.</exception>
    public int Remove(Func<MemoryEntry, bool> isDoomed) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "memories-*.jsonl.gz").ToList().Sum(path => Remove(path, isDoomed))
        : 0;

    private static int Remove(string path, Func<MemoryEntry, bool> isDoomed)
    {
        var (kept, removed) = (new List<string>(), 0);
        try
        {
            using var file = new GZipStream(SharedRead.Open(path), CompressionMode.Decompress);
            using var lines = new StreamReader(file);
            while (lines.ReadLine() is { } line)
            {
                if (Read(line) is { } entry && isDoomed(entry)) removed++;
                else kept.Add(line);
            }
        }
        catch (InvalidDataException exception)
        {
            throw new IOException($"The archive {path} is damaged: {exception.Message}", exception);
        }

        if (removed == 0) return 0;
        using var buffer = new MemoryStream();
        using (var compressed = new StreamWriter(new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true)))
            foreach (var line in kept) compressed.Write(line + "\n");
        if (kept.Count > 0) DurableFile.Replace(path, buffer.ToArray(), SystemDisk.Instance);
        else File.Delete(path);
        return removed;
    }

    private static MemoryEntry? Read(string line)
    {
        try
        {
            return MemoryLine.Read(Encoding.UTF8.GetBytes(line));
        }
        catch (FormatException)
        {
            // Nothing that could be told to be one of them.
            return null;
        }
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
