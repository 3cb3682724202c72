using System.Globalization;
using MemoryTriggers.Sqlite;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>Brings a database up to date, one step and one transaction at a time.</summary>
internal static class SqliteSchema
{
    /// <exception cref="MemoryBackendException">The file was written by a newer version of this library.</exception>
    public static void Migrate(SqliteSession session, IReadOnlyList<SqliteMigration> steps, DateTimeOffset now)
    {
        session.Execute("""
            CREATE TABLE IF NOT EXISTS schema_version (
                version INTEGER PRIMARY KEY,
                description TEXT NOT NULL,
                applied_at INTEGER NOT NULL
            )
            """);
        var current = Version(session);
        var newest = SqliteMigrations.All[^1].Version;
        if (current > newest) throw Newer(current, newest);

        foreach (var step in steps.Where(step => step.Version > current)) Apply(session, step, now);
    }

    /// <exception cref="MemoryBackendException">It is no database of memories, or of another version.</exception>
    public static void RequireCurrent(SqliteSession session)
    {
        if (Convert.ToInt64(session.Scalar("SELECT count(*) FROM sqlite_master WHERE name IN ('schema_version', 'memory')"),
            CultureInfo.InvariantCulture) < 2)
            throw Refusal("The database is none of memories.");

        var (current, newest) = (Version(session), SqliteMigrations.All[^1].Version);
        if (current > newest) throw Newer(current, newest);
        if (current < newest) throw Refusal($"The database has schema version {current}; version {newest} is needed. A program of this " +
            "version of the library brings it up to date when it starts.");
    }

    public static long Version(SqliteSession session) =>
        Convert.ToInt64(session.Scalar("SELECT coalesce(max(version), 0) FROM schema_version"), CultureInfo.InvariantCulture);

    private static MemoryBackendException Newer(long current, long newest) =>
        Refusal($"The database has schema version {current}, and this library knows versions up to {newest}. Update the library.");

    private static MemoryBackendException Refusal(string message) => new(SqliteMemoryBackend.BackendName, message, isTransient: false);

    private static void Apply(SqliteSession session, SqliteMigration step, DateTimeOffset now)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            session.Execute(step.Sql);
            using var note = session.Connection.CreateCommand();
            note.CommandText = "INSERT INTO schema_version (version, description, applied_at) VALUES ($version, $what, $now)";
            note.Parameters.AddWithValue("$version", step.Version);
            note.Parameters.AddWithValue("$what", step.Description);
            note.Parameters.AddWithValue("$now", now.UtcTicks);
            note.ExecuteNonQuery();
            session.Execute("COMMIT");
        }
        catch
        {
            SqliteFailure.RollBack(session);
            throw;
        }
    }
}
