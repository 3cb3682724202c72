using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Sqlite;

/// <summary>Small databases beside the journal, each of one process, for what must outlive the journal's own records.</summary>
internal static class SideDatabase
{
    /// <summary>Opens it, or makes it. What is committed there survives the loss of power.</summary>
    /// <param name="path">The file, or <c>:memory:</c>.</param>
    /// <param name="tables">Makes the tables that are not there.</param>
    /// <exception cref="SqliteException">It cannot be used.</exception>
    public static SqliteSession Open(string path, string tables)
    {
        var session = SqliteSession.Open(path, SqliteOpenMode.ReadWriteCreate, cacheKilobytes: 1024);
        try
        {
            session.Execute("PRAGMA journal_mode=WAL");
            session.Execute("PRAGMA synchronous=FULL");
            // The only connection: it may move the log into the database whenever it likes.
            session.Execute("PRAGMA wal_autocheckpoint=1000");
            session.Execute(tables);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Gives a damaged file another name.</summary>
    /// <returns>That name.</returns>
    public static string SetAside(string path, TimeProvider time)
    {
        var aside = $"{path}.damaged-{time.GetUtcNow():yyyyMMddHHmmss}";
        File.Move(path, aside);
        return aside;
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it has changed.</returns>
    public static long Changes(SqliteSession session, SqliteStatement change)
    {
        change.Run();
        return (long)session.Scalar("SELECT changes()")!;
    }

    public static void InTransaction(SqliteSession session, Action work)
    {
        session.Prepare("BEGIN IMMEDIATE").Run();
        try
        {
            work();
            session.Prepare("COMMIT").Run();
        }
        catch
        {
            SqliteFailure.RollBack(session);
            throw;
        }
    }
}
