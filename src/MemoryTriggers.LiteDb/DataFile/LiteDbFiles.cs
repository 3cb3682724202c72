using MemoryTriggers.Files;

namespace MemoryTriggers.DataFile;

/// <summary>The files of one store: the database, its journal, and the lock of the process that has it open.</summary>
internal sealed class LiteDbFiles(string path, IDisk disk)
{
    private const string JournalEnding = "-journal";

    public string Database { get; } = path;

    public string Journal => Database + JournalEnding;

    public string Lock => Database + ".lock";

    public IDisk Disk => disk;

    /// <summary>A clean end leaves no journal.</summary>
    public bool WasLeftOpen => disk.FileExists(Journal);

    public static string JournalOf(string database) => database + JournalEnding;

    public IDiskFile Open(string file, FileMode mode) => disk.Open(file, mode);

    public void CreateDirectory()
    {
        var folder = Path.GetDirectoryName(Database)!;
        if (!disk.DirectoryExists(folder)) DurableDirectory.Create(folder, disk);
    }

    /// <summary>Gives the database and its journal, or the journal alone, other names, so that nothing writes over them.</summary>
    /// <returns>The new name of the database, whether there is one or not.</returns>
    public string SetAside(DateTimeOffset now, bool onlyJournal = false)
    {
        var name = $"{Database}.damaged-{now.UtcDateTime:yyyyMMdd'T'HHmmssfff}";
        var free = name;
        for (var number = 2; disk.FileExists(free) || disk.FileExists(JournalOf(free)); number++) free = $"{name}-{number}";
        if (!onlyJournal && disk.FileExists(Database)) DurableFile.Rename(Database, free, disk);
        if (!disk.FileExists(Journal)) return free;
        if (disk.Facts(Journal).Bytes > 0) DurableFile.Rename(Journal, JournalOf(free), disk);
        else disk.Delete(Journal);
        return free;
    }

    /// <summary>
    /// Copies a journal in which something follows behind a page that is not whole. What comes before is used, as if the rest had never
    /// been written.
    /// </summary>
    /// <returns>The copy, or <see langword="null"/> when the journal is whole, or merely unfinished.</returns>
    public string? CopyDamagedJournal(DateTimeOffset now)
    {
        if (!WasLeftOpen) return null;
        using var journal = Open(Journal, FileMode.Open);
        if (!JournalFrames.HasIntactBehind(journal, JournalFrames.CountIntact(journal))) return null;
        var copy = JournalOf($"{Database}.damaged-{now.UtcDateTime:yyyyMMdd'T'HHmmssfff}");
        DurableFile.Replace(copy, DurableFile.Read(Journal, disk), disk);
        return copy;
    }

    /// <summary>
    /// Where a repaired database is made. It takes its name when it is whole; one that is there beside the database was never finished.
    /// </summary>
    public LiteDbFiles Repaired => new(Database + ".repaired", disk);

    /// <summary>Ends a repair that a crash interrupted, and parts with a journal whose database is gone.</summary>
    public void FinishRepair(DateTimeOffset now)
    {
        var repaired = Repaired;
        if (disk.FileExists(Database))
        {
            disk.Delete(repaired.Database);
            disk.Delete(repaired.Journal);
            return;
        }

        if (WasLeftOpen) SetAside(now, onlyJournal: true);
        if (disk.FileExists(repaired.Database)) DurableFile.Rename(repaired.Database, Database, disk);
    }

    public void DeleteJournal()
    {
        disk.Delete(Journal);
        SyncNames();
    }

    public void SyncNames() => disk.SyncDirectory(Path.GetDirectoryName(Database)!);
}
