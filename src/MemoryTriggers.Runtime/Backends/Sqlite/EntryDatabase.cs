using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>Connections to the database of memories, as the options have them.</summary>
internal static class EntryDatabase
{
    public static SqliteSession OpenWriter(SqliteBackendOptions options)
    {
        var session = Open(options, options.Path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            session.Execute("PRAGMA journal_mode=WAL");
            session.Execute("PRAGMA synchronous=FULL");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public static SqliteSession OpenReader(SqliteBackendOptions options)
    {
        // Opened for writing, because a read-only connection cannot make the shared memory of a write-ahead log when it
        // is the first one; query_only keeps it from writing.
        var session = Open(options, options.Path, SqliteOpenMode.ReadWrite);
        session.Execute("CREATE VIRTUAL TABLE temp.memory_word USING fts5vocab('main', 'memory_text', 'row')");
        session.Execute("CREATE VIRTUAL TABLE temp.memory_gram USING fts5vocab('main', 'memory_part', 'row')");
        session.Execute("PRAGMA query_only=ON");
        return session;
    }

    public static SqliteSession Open(SqliteBackendOptions options, string path, SqliteOpenMode mode) =>
        SqliteSession.Open(path, mode, options.CacheKilobytes, options.BusyTimeout);

    /// <summary>As far as it can be read.</summary>
    public static SqliteSession OpenDamaged(SqliteBackendOptions options, string path) =>
        SqliteSession.Open(path, SqliteOpenMode.ReadWrite, options.CacheKilobytes, options.BusyTimeout, isDamaged: true);
}
