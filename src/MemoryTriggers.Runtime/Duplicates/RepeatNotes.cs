using MemoryTriggers.Problems;
using MemoryTriggers.Sqlite;

namespace MemoryTriggers.Duplicates;

/// <summary>
/// Which record was counted in which memory, so that one that is delivered again after a crash is not counted again. On disk, in a small
/// SQLite file that processes share. Used by one thread at a time.
/// </summary>
internal sealed class RepeatNotes : IDisposable
{
    public const string BackendName = "duplicates";
    private static readonly SideSchema Schema = new(
        "the database of repeats", "repeats that were delivered before and come again may be counted twice", 0x4D540004,
        """
        CREATE TABLE IF NOT EXISTS repeat (id BLOB PRIMARY KEY, first BLOB NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS repeat_first ON repeat (first);
        CREATE INDEX IF NOT EXISTS repeat_at ON repeat (at);
        CREATE TABLE IF NOT EXISTS counted (first BLOB PRIMARY KEY, repeats INTEGER NOT NULL) WITHOUT ROWID;
        """,
        new SideTable("repeat", "id, first, at", "id"),
        new SideTable("counted", "first, repeats", "first"))
    {
        HasLog = false,
    };

    private readonly SideDatabase _database;

    /// <param name="path">The file, or <see langword="null"/> to keep it in memory.</param>
    /// <param name="problems">Learns of a file that is damaged and was set aside.</param>
    /// <param name="time">The clock.</param>
    public RepeatNotes(string? path, ProblemLog problems, TimeProvider time) =>
        _database = new SideDatabase(path, Schema, problems, time);

    /// <summary>The memory in which a record was counted, or <see langword="null"/>.</summary>
    public Guid? FirstOf(Guid id) => Read("SELECT first FROM repeat WHERE id = ?1", id, static row => (Guid?)row.Guid(0));

    /// <summary>How often a memory was repeated, and when last.</summary>
    public (long Count, DateTimeOffset? LastSeenAt) Of(Guid first)
    {
        var pruned = Read("SELECT repeats FROM counted WHERE first = ?1", first, static row => row.Int64(0));
        return Read(
            "SELECT count(*), max(at) FROM repeat WHERE first = ?1",
            first,
            row => (pruned + row.Int64(0), row.IsNull(1) ? (DateTimeOffset?)null : new DateTimeOffset(row.Int64(1), TimeSpan.Zero)));
    }

    /// <summary>Notes repeats of a memory; one that is noted already stays so. Returns when that is on disk.</summary>
    /// <exception cref="MemoryBackendException">It is not.</exception>
    public void Add(Guid first, IEnumerable<MemoryEntry> repeats) => Write(session =>
    {
        foreach (var repeat in repeats)
            session.Prepare("INSERT OR IGNORE INTO repeat (id, first, at) VALUES (?1, ?2, ?3)").Bind(1, repeat.Id).Bind(2, first)
                .Bind(3, repeat.CreatedAt.UtcTicks).Run();
    });

    /// <summary>Forgets that a record was a repeat.</summary>
    public void Remove(IEnumerable<Guid> ids) => Write(session =>
    {
        foreach (var id in ids) session.Prepare("DELETE FROM repeat WHERE id = ?1").Bind(1, id).Run();
    });

    /// <summary>Keeps only the number of what is older.</summary>
    public void Prune(DateTimeOffset limit) => Write(session =>
    {
        session.Prepare("""
            INSERT INTO counted (first, repeats) SELECT first, count(*) FROM repeat WHERE at < ?1 GROUP BY first
            ON CONFLICT (first) DO UPDATE SET repeats = repeats + excluded.repeats
            """).Bind(1, limit.UtcTicks).Run();
        session.Prepare("DELETE FROM repeat WHERE at < ?1").Bind(1, limit.UtcTicks).Run();
    });

    public void Dispose() => _database.Dispose();

    private T? Read<T>(string sql, Guid id, Func<SqliteStatement, T> read)
    {
        try
        {
            return _database.Read(session =>
            {
                var row = session.Prepare(sql).Bind(1, id);
                try
                {
                    return row.Step() ? read(row) : default;
                }
                finally
                {
                    row.Reset();
                }
            });
        }
        catch (Exception exception) when (SqliteFailure.IsKnown(exception))
        {
            throw Failure(exception);
        }
    }

    private void Write(Action<SqliteSession> change)
    {
        try
        {
            _database.Write(change);
        }
        catch (Exception exception) when (SqliteFailure.IsKnown(exception))
        {
            throw Failure(exception);
        }
    }

    private static MemoryBackendException Failure(Exception exception) =>
        new(BackendName, $"the notes on repeats cannot be kept: {exception.Message}", isTransient: true, exception);
}
