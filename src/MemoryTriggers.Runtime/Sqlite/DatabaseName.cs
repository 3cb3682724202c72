using MemoryTriggers.Files;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemoryTriggers.Sqlite;

/// <summary>The files of a database before SQLite opens them.</summary>
internal static class DatabaseName
{
    private const int IsLinkCode = raw.SQLITE_CANTOPEN | (6 << 8); // SQLITE_CANTOPEN_SYMLINK, https://sqlite.org/rescode.html

    /// <summary>
    /// Makes the file for its user alone: SQLite gives the log and the index of the log the rights of the database. Refuses links to files
    /// outside of the folder.
    /// </summary>
    /// <exception cref="SqliteException">It is such a link, or cannot be made.</exception>
    public static void Prepare(string path, SqliteOpenMode mode)
    {
        if (mode == SqliteOpenMode.ReadOnly || path == ":memory:") return;
        try
        {
            foreach (var part in (string[])["", "-wal", "-shm", "-journal"]) FileLink.RefuseForeign(path + part);
        }
        catch (IOException exception)
        {
            throw new SqliteException(exception.Message, raw.SQLITE_CANTOPEN, IsLinkCode);
        }

        if (mode != SqliteOpenMode.ReadWriteCreate) return;
        try
        {
            PrivateFile.Make(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SqliteException(exception.Message, raw.SQLITE_CANTOPEN, raw.SQLITE_CANTOPEN);
        }
    }
}
