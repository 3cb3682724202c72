using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>
/// Opens the database for writing, under the write lock. A damaged file is moved aside, never overwritten, and what can
/// still be read goes into a fresh one: starting always succeeds, and nothing intact is lost.
/// </summary>
internal sealed class SqliteOpener(SqliteBackendOptions options, DatabaseFiles files, ILogger logger, TimeProvider time)
{
    /// <summary>The repair of a damaged file, or <see langword="null"/>.</summary>
    public string? Recovery { get; private set; }

    /// <param name="isSuspect">Whether a call found it damaged: then it is salvaged, whatever a check says.</param>
    public SqliteWriter Open(bool isSuspect)
    {
        var unused = files.IsUnused();
        try
        {
            if (isSuspect) throw new SqliteException("a call found damage", SQLitePCL.raw.SQLITE_CORRUPT);

            // While another process has it open, the log belongs to that process and proves nothing.
            return OpenFile(check: options.AlwaysCheckOnOpen || (unused && files.WasLeftOpen));
        }
        catch (SqliteException exception) when (SqliteFailure.IsDamage(exception))
        {
            if (!unused)
                throw Refusal("The database is damaged, and another process has it open. Close that one, so that it can be repaired.",
                    exception);
        }

        return Recover();
    }

    /// <summary>Opens a database that is there, changing nothing: neither repairs it nor brings it up to date.</summary>
    /// <exception cref="MemoryBackendException">There is none, it is something else, or it has another version.</exception>
    public SqliteWriter OpenExisting()
    {
        if (!File.Exists(files.Database)) throw Refusal($"There is no database {files.Database}.");
        var session = EntryDatabase.Open(options, files.Database, SqliteOpenMode.ReadWrite);
        try
        {
            SqliteSchema.RequireCurrent(session);
            session.Execute("PRAGMA synchronous=FULL");
            return new SqliteWriter(session, options.CheckpointPages);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_NOTADB)
        {
            session.Dispose();
            throw Refusal($"{files.Database} is not a database.", exception);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static MemoryBackendException Refusal(string message, Exception? cause = null) =>
        new(SqliteMemoryBackend.BackendName, message, isTransient: false, cause);

    private SqliteWriter OpenFile(bool check)
    {
        var session = EntryDatabase.OpenWriter(options);
        try
        {
            if (check && session.Scalar("PRAGMA quick_check(1)") is not "ok")
                throw new SqliteException("quick_check found damage", SQLitePCL.raw.SQLITE_CORRUPT);

            SqliteSchema.Migrate(session, SqliteMigrations.All, time.GetUtcNow());
            return new SqliteWriter(session, options.CheckpointPages);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private SqliteWriter Recover()
    {
        var damaged = files.MoveAside(time.GetUtcNow());
        var writer = OpenFile(check: false);
        try
        {
            var saved = new SqliteSalvage(options, damaged).CopyTo(writer);
            Recovery = $"The database was damaged; {saved} memories were saved from {System.IO.Path.GetFileName(damaged)}";
            Log.DatabaseDamaged(logger, damaged, saved);
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }
}
