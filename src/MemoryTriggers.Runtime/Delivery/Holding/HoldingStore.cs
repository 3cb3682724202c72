using MemoryTriggers.Journal;
using MemoryTriggers.Problems;
using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Delivery.Holding;

/// <summary>
/// Records that policies hold back, on disk beside the journal of their process: what is here was given up by the journal. A small SQLite
/// database, made when the first record is held. Thread-safe.
/// </summary>
internal sealed class HoldingStore : IDisposable
{
    private const string FileName = "held.db";
    private static readonly SideSchema Schema = new(
        "the database of held records", "records that were held and cannot be read are lost", 0x4D540001,
        """
        CREATE TABLE IF NOT EXISTS held (
            number INTEGER PRIMARY KEY AUTOINCREMENT, held_at INTEGER NOT NULL, longest INTEGER NOT NULL,
            batch TEXT, record BLOB NOT NULL, definition BLOB, checksum INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS held_batch ON held (batch) WHERE batch IS NOT NULL;
        """,
        new SideTable("held", "held_at, longest, batch, record, definition, checksum"));

    private readonly Lock _gate = new();
    private readonly string? _path;
    private readonly TimeProvider _time;
    private readonly SideDatabase _database;
    private bool _isUsed;
    private long _count;
    private volatile string? _problem;

    /// <param name="folder">The journal's folder, which this process owns; <see langword="null"/> to keep them in memory.</param>
    /// <param name="problems">Learns of a database that is damaged and was set aside.</param>
    /// <param name="time">The clock.</param>
    public HoldingStore(string? folder, ProblemLog problems, TimeProvider time)
    {
        (_path, _time) = (folder is null ? null : Path.Combine(folder, FileName), time);
        _database = new SideDatabase(_path, Schema, problems, time);
        if (!_database.Exists) return;
        try
        {
            Begin();
        }
        catch (Exception exception) when (SqliteFailure.IsKnown(exception))
        {
            // A disk that is full, or refuses: what is held there stays there until it can be opened, with the next record that is held or
            // at the next start.
            NotUsed(exception);
        }
    }

    /// <summary>The problems, for health.</summary>
    public string? Problem => _problem;

    /// <summary>How many are held.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>How many an earlier process had left, and how many came from the folders of dead ones.</summary>
    public long Found { get; private set; }

    /// <summary>Holds records. Returns when they are on disk.</summary>
    /// <exception cref="SqliteException">They are not.</exception>
    /// <exception cref="IOException">They are not.</exception>
    public void Add(IReadOnlyList<(HeldRecord Record, HoldingTime Time)> records)
    {
        lock (_gate)
        {
            try
            {
                if (!_isUsed) Begin();
                _database.Write(session =>
                {
                    foreach (var (record, time) in records) Insert(session, record, time);
                    foreach (var batch in records.Select(static record => record.Time).Where(static time => time.Batch is not null)
                        .Distinct())
                        CloseWhenFull(session, batch);
                });
            }
            catch (Exception exception) when (SqliteFailure.IsKnown(exception))
            {
                NotUsed(exception);
                throw;
            }

            Recount();
            _problem = null;
        }
    }

    /// <summary>Takes over what a dead process held. What is taken twice, because this process died in between, is stored once.</summary>
    public void Adopt(HoldingStore other)
    {
        for (var records = other.Read(int.MaxValue, dueOnly: false); records.Count > 0; records = other.Read(int.MaxValue, dueOnly: false))
        {
            Add([.. records.Select(static record => (record, new HoldingTime(TimeSpan.Zero, record.Batch, int.MaxValue)))]);
            Found += records.Count;
            other.Remove(records);
        }
    }

    /// <summary>The due records, up to a number, in order of arrival.</summary>
    public IReadOnlyList<HeldRecord> Due(int most) => Read(most, dueOnly: true);

    /// <summary>How long until the next is due; <see langword="null"/> when none is held.</summary>
    public TimeSpan? UntilNext()
    {
        lock (_gate)
        {
            if (!_isUsed) return null;
            var now = Now;
            return _database.Read(session =>
            {
                var statement = session.Prepare("SELECT min(CASE WHEN held_at > ?1 THEN ?1 ELSE held_at + longest END) FROM held")
                    .Bind(1, now);
                try
                {
                    return statement.Step() && !statement.IsNull(0)
                        ? TimeSpan.FromMilliseconds(Math.Max(0, statement.Int64(0) - now))
                        : (TimeSpan?)null;
                }
                finally
                {
                    statement.Reset();
                }
            });
        }
    }

    /// <summary>Holds them for longer, from now on.</summary>
    public void Extend(IEnumerable<(HeldRecord Record, HoldingTime Time)> records)
    {
        lock (_gate)
        {
            _database.Write(session =>
            {
                foreach (var (record, time) in records)
                {
                    session.Prepare("UPDATE held SET held_at = ?1, longest = ?2, batch = ?3 WHERE number = ?4")
                        .Bind(1, Now).Bind(2, (long)time.Longest.TotalMilliseconds).Bind(3, time.Batch).Bind(4, record.Number).Run();
                    if (time.Batch is not null) CloseWhenFull(session, time);
                }
            });
        }
    }

    /// <summary>A correction takes the place of the record that it corrects, for the rest of its time.</summary>
    /// <returns>Whether that is held.</returns>
    public bool TryReplace(HeldRecord correction)
    {
        lock (_gate)
        {
            if (!_isUsed || Count == 0) return false;
            var isHeld = false;
            _database.Write(session => isHeld = SideDatabase.Changes(
                session,
                session.Prepare("""
                    UPDATE held SET record = ?1, definition = ?2, checksum = ?3 WHERE substr(record, 17, 16) = substr(?1, 17, 16)
                    """)
                    .Bind(1, correction.Record).Bind(2, correction.Definition).Bind(3, Checksum(correction))) > 0);
            return isHeld;
        }
    }

    /// <summary>Removes records. One that was corrected since it was read stays.</summary>
    public void Remove(IReadOnlyCollection<HeldRecord> records)
    {
        lock (_gate)
        {
            _database.Write(session =>
            {
                foreach (var record in records)
                    session.Prepare("DELETE FROM held WHERE number = ?1 AND record = ?2").Bind(1, record.Number).Bind(2, record.Record)
                        .Run();
            });
            Recount();
        }
    }

    /// <summary>Removes those that are asked for, from the log of the database as well.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="SqliteException">They are not removed.</exception>
    public int Purge(Func<HeldRecord, bool> isDoomed)
    {
        lock (_gate)
        {
            if (!_isUsed) return 0;
            var doomed = Read(int.MaxValue, dueOnly: false).Where(isDoomed).ToList();
            if (doomed.Count > 0) Remove(doomed);
            _database.Read(static session => session.Scalar("PRAGMA wal_checkpoint(TRUNCATE)"));
            return doomed.Count;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _database.Dispose();
            _isUsed = false;
        }
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private static long Checksum(HeldRecord record) =>
        JournalFrame.Checksum(JournalFrame.Checksum(uint.MaxValue, record.Record), record.Definition);

    private List<HeldRecord> Read(int most, bool dueOnly)
    {
        lock (_gate)
        {
            if (!_isUsed) return [];
            return _database.Read(session => Read(session, most, dueOnly));
        }
    }

    private List<HeldRecord> Read(SqliteSession session, int most, bool dueOnly)
    {
        var found = new List<HeldRecord>();
        // A clock that was set back must not hold a record for that long: one that seems to come from the future is due.
        var statement = session.Prepare(
                """
                SELECT number, record, definition, batch, checksum FROM held
                WHERE ?1 = 0 OR held_at + longest <= ?2 OR held_at > ?2
                    OR batch IN (SELECT batch FROM held WHERE held_at + longest <= ?2)
                ORDER BY number LIMIT ?3
                """)
            .Bind(1, dueOnly ? 1L : 0L).Bind(2, Now).Bind(3, (long)most);
        try
        {
            while (statement.Step())
            {
                var record = new HeldRecord(statement.Int64(0), statement.Bytes(1).ToArray(),
                    statement.IsNull(2) ? null : statement.Bytes(2).ToArray(), statement.TextOrNull(3));
                found.Add(record with { IsIntact = statement.Int64(4) == Checksum(record) });
            }
        }
        finally
        {
            statement.Reset();
        }

        return found;
    }

    private void Insert(SqliteSession session, HeldRecord record, HoldingTime time) =>
        session.Prepare("INSERT INTO held (held_at, longest, batch, record, definition, checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            .Bind(1, Now).Bind(2, (long)time.Longest.TotalMilliseconds).Bind(3, time.Batch).Bind(4, record.Record)
            .Bind(5, record.Definition).Bind(6, Checksum(record)).Run();

    private static void CloseWhenFull(SqliteSession session, HoldingTime batch) =>
        session.Prepare("UPDATE held SET longest = 0 WHERE batch = ?1 AND (SELECT count(*) FROM held WHERE batch = ?1) >= ?2")
            .Bind(1, batch.Batch).Bind(2, (long)batch.BatchSize).Run();

    private void Begin()
    {
        Recount();
        (_isUsed, _problem) = (true, null);
        Found += Count;
    }

    // Of the database, not of what was done: a damaged one may have lost some.
    private void Recount() =>
        Interlocked.Exchange(ref _count, _database.Read(static session => (long)session.Scalar("SELECT count(*) FROM held")!));

    private void NotUsed(Exception exception) => _problem = $"the held records in {_path} cannot be used for now: {exception.Message}";
}
