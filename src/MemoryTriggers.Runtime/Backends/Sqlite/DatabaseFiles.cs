using MemoryTriggers.Files;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>The files that belong to one database.</summary>
internal sealed class DatabaseFiles(string path)
{
    private static readonly string[] Parts = ["", "-wal", "-shm"];

    public string Database { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Held while writing.</summary>
    public string WriteLock => Database + ".write-lock";

    /// <summary>Held, shared, for as long as a backend has the database open.</summary>
    public string OpenLock => Database + ".open-lock";

    /// <summary>The last one to close a database removes its log. A log without an owner means that the database was not closed.</summary>
    public bool WasLeftOpen => File.Exists(Database + "-wal");

    public void CreateDirectory() => PrivateFile.CreateDirectory(System.IO.Path.GetDirectoryName(Database)!);

    /// <summary>Renames the database with its log, which holds what was committed last.</summary>
    /// <returns>The new path of the database.</returns>
    public string MoveAside(DateTimeOffset now)
    {
        var target = $"{Database}.damaged-{now.UtcDateTime:yyyyMMdd'T'HHmmssfff}";
        foreach (var part in Parts)
            if (File.Exists(Database + part)) File.Move(Database + part, target + part);
        return target;
    }

    /// <summary>Marks the database as open until the result is disposed.</summary>
    public FileStream HoldOpen() => PrivateFile.Open(OpenLock, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);

    /// <summary>Whether no backend, of this process or another, has it open. Meaningful only under the write lock.</summary>
    public bool IsUnused()
    {
        FileLock.MakeWay(OpenLock);
        try
        {
            using var alone = PrivateFile.Open(OpenLock, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            return true;
        }
        catch (IOException exception) when (FileLock.IsHeld(exception))
        {
            return false;
        }
    }
}
