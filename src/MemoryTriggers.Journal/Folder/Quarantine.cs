using MemoryTriggers.Files;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Journal;

/// <summary>
/// Keeps unreadable parts of a journal for inspection. They are never read back automatically, so the folder is bounded: old files are
/// deleted first, and then the oldest until the rest fits. Used while the journal opens.
/// </summary>
internal sealed class Quarantine(string directory, JournalOptions options, IDisk disk, TimeProvider time, ILogger logger)
{
    private const string Name = "quarantine";
    private readonly string _folder = Path.Combine(directory, Name);

    /// <summary>Files that are kept, as of the opening.</summary>
    public int Files { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Files that went with this opening, for age or room.</summary>
    public int Removed { get; private set; }

    /// <summary>Moves a whole file here, under a name that no earlier one has.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Move(string file)
    {
        disk.CreateDirectory(_folder);
        disk.Move(file, FreeName(Path.GetFileName(file)));
    }

    /// <summary>Keeps a copy of bytes that no frame can be made of.</summary>
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
    public void Copy(string file, long offset, ReadOnlySpan<byte> bytes)
    {
        disk.CreateDirectory(_folder);
        using var copy = disk.Open(FreeName($"{Path.GetFileName(file)}.{offset}"), FileMode.Create);
        copy.Write(bytes, 0);
    }

    /// <summary>
    /// Removes what is too old or too much, and counts the rest. Must not keep a journal from opening: what the disk refuses stays.
    /// </summary>
    public void Prune()
    {
        try
        {
            if (!disk.DirectoryExists(_folder)) return;
            Prune([.. disk.Files(_folder, "").Select(path => (Path: path, Facts: disk.Facts(path)))
                .OrderBy(static file => file.Facts.WrittenAt).ThenBy(static file => file.Path, StringComparer.Ordinal)]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.QuarantineNotPruned(logger, _folder, failure);
        }
    }

    private void Prune(List<(string Path, DiskFileFacts Facts)> files)
    {
        (Files, Bytes) = (files.Count, files.Sum(static file => file.Facts.Bytes));
        var limit = time.GetUtcNow() - options.QuarantineAge;
        var removed = 0L;

        foreach (var (path, facts) in files.TakeWhile(file => file.Facts.WrittenAt < limit || Bytes > options.QuarantineBytes))
        {
            disk.Delete(path);
            (Files, Bytes, Removed, removed) = (Files - 1, Bytes - facts.Bytes, Removed + 1, removed + facts.Bytes);
        }

        if (Removed > 0) Log.QuarantinePruned(logger, Removed, removed, _folder, Files);
    }

    private string FreeName(string name)
    {
        var path = Path.Combine(_folder, name);

        for (var number = 1; disk.KindOf(path) != PathKind.None; number++)
            path = Path.Combine(_folder, $"{name}.{number}");

        return path;
    }
}
