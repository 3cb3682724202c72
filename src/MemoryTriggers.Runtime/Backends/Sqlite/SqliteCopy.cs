using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>Databases that are not in use: backups, and those read from outside.</summary>
internal static class SqliteCopy
{
    private static readonly SqliteBackendOptions Options = new() { CacheKilobytes = 4096 };

    /// <summary>
    /// Opens a database for reading only. One without a log is not touched at all, so that it may be in a read-only place.
    /// </summary>
    /// <exception cref="SqliteException">It is no database, or cannot be opened.</exception>
    public static SqliteSession OpenForReading(string path)
    {
        var full = Path.GetFullPath(path);
        var source = File.Exists(full + "-wal") ? full : new Uri(full).AbsoluteUri + "?immutable=1";
        return EntryDatabase.Open(Options, source, SqliteOpenMode.ReadOnly);
    }

    /// <summary>Copies the present content of a database over another one, as one transaction.</summary>
    public static void Copy(SqliteSession source, string target)
    {
        using var session = EntryDatabase.Open(Options, target, SqliteOpenMode.ReadWriteCreate);
        source.Connection.BackupDatabase(session.Connection);
    }

    /// <summary>Looks at every page and index of a copy, and counts its memories.</summary>
    /// <exception cref="MemoryBackendException">It is something else, or of another version.</exception>
    /// <exception cref="SqliteException">It is no database.</exception>
    public static (IReadOnlyList<string> Problems, long Memories) Check(string path)
    {
        using var session = EntryDatabase.Open(Options, path, SqliteOpenMode.ReadWrite);
        SqliteSchema.RequireCurrent(session);
        var problems = SqliteReads.CheckIntegrity(session);
        return (problems, problems.Count > 0 ? 0 : SqliteReads.Count(session, new MemoryQuery { AllProjects = true }));
    }

    /// <summary>How many memories a copy has.</summary>
    public static long CountMemories(string path)
    {
        using var session = OpenForReading(path);
        return SqliteReads.Count(session, new MemoryQuery { AllProjects = true });
    }

    /// <summary>Forces a file and its name to disk.</summary>
    public static void Sync(string path)
    {
        var disk = Files.SystemDisk.Instance;
        using (var file = disk.Open(path, FileMode.Open)) file.SyncData();
        disk.SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Removes a database and the files beside it.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        DeleteBeside(path);
    }

    /// <summary>Removes the files beside a database.</summary>
    public static void DeleteBeside(string path)
    {
        foreach (var part in (string[])["-wal", "-shm", "-journal"]) File.Delete(path + part);
    }
}
