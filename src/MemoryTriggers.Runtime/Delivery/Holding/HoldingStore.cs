using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery.Holding;

/// <summary>
/// Records that policies hold back, on disk beside the journal of their process: what is here was given up by the journal. A small SQLite
/// database, made when the first record is held. Thread-safe.
/// </summary>
internal sealed class HoldingStore : IDisposable
{
    private const string FileName = "held.db";
    private const string InMemory = ":memory:";
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS held (
            number INTEGER PRIMARY KEY AUTOINCREMENT, held_at INTEGER NOT NULL, longest INTEGER NOT NULL,
            batch TEXT, record BLOB NOT NULL, definition BLOB);
        CREATE INDEX IF NOT EXISTS held_batch ON held (batch) WHERE batch IS NOT NULL;
        """;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger<HoldingStore> _logger;
    private SqliteSession? _session;
    private long _count;
    private volatile string? _problem;

    /// <param name="folder">The journal's folder, which this process owns; <see langword="null"/> to keep them in memory.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Learns of a database that is damaged and was set aside.</param>
    public HoldingStore(string? folder, TimeProvider time, ILogger<HoldingStore> logger)
    {
        (_path, _time, _logger) = (folder is null ? InMemory : Path.Combine(folder, FileName), time, logger);
        if (folder is not null && File.Exists(_path)) OpenOrSetAside();
    }

    /// <summary>The problems, for health.</summary>
    public string? Problem => _problem;

    /// <summary>How many are held.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>How many an earlier process had left, and how many came from the folders of dead ones.</summary>
    public long Found { get; private set; }

    /// <summary>Holds records. Returns when they are on disk.</summary>
    /// <exception cref="SqliteException">They are not.</exception>
    public void Add(IReadOnlyList<(HeldRecord Record, HoldingTime Time)> records)
    {
        lock (_gate)
        {
            var session = _session ??= Open();
            SideDatabase.InTransaction(session, () =>
            {
                foreach (var (record, time) in records) Insert(session, record, time);
                foreach (var batch in records.Select(static record => record.Time).Where(static time => time.Batch is not null).Distinct())
                    CloseWhenFull(session, batch);
            });
            Interlocked.Add(ref _count, records.Count);
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
            if (_session is not { } session) return null;
            var now = Now;
            var statement = session.Prepare("SELECT min(CASE WHEN held_at > ?1 THEN ?1 ELSE held_at + longest END) FROM held").Bind(1, now);
            try
            {
                return statement.Step() && !statement.IsNull(0) ? TimeSpan.FromMilliseconds(Math.Max(0, statement.Int64(0) - now)) : null;
            }
            finally
            {
                statement.Reset();
            }
        }
    }

    /// <summary>Holds them for longer, from now on.</summary>
    public void Extend(IEnumerable<(HeldRecord Record, HoldingTime Time)> records)
    {
        lock (_gate)
        {
            SideDatabase.InTransaction(_session!, () =>
            {
                foreach (var (record, time) in records)
                {
                    _session!.Prepare("UPDATE held SET held_at = ?1, longest = ?2, batch = ?3 WHERE number = ?4")
                        .Bind(1, Now).Bind(2, (long)time.Longest.TotalMilliseconds).Bind(3, time.Batch).Bind(4, record.Number).Run();
                    if (time.Batch is not null) CloseWhenFull(_session!, time);
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
            if (_session is not { } session || Count == 0) return false;
            return SideDatabase.Changes(
                session,
                session.Prepare("UPDATE held SET record = ?1, definition = ?2 WHERE substr(record, 17, 16) = substr(?1, 17, 16)")
                    .Bind(1, correction.Record).Bind(2, correction.Definition)) > 0;
        }
    }

    /// <summary>Removes records. One that was corrected since it was read stays.</summary>
    public void Remove(IReadOnlyCollection<HeldRecord> records)
    {
        var removed = 0L;
        lock (_gate)
        {
            SideDatabase.InTransaction(_session!, () =>
            {
                foreach (var record in records)
                    removed += SideDatabase.Changes(
                        _session!,
                        _session!.Prepare("DELETE FROM held WHERE number = ?1 AND record = ?2")
                            .Bind(1, record.Number).Bind(2, record.Record));
            });
            Interlocked.Add(ref _count, -removed);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _session?.Dispose();
            _session = null;
        }
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private List<HeldRecord> Read(int most, bool dueOnly)
    {
        lock (_gate)
        {
            var found = new List<HeldRecord>();
            if (_session is not { } session) return found;

            // A clock that was set back must not hold a record for that long: one that seems to come from the future is due.
            var statement = session.Prepare(
                    """
                    SELECT number, record, definition, batch FROM held
                    WHERE ?1 = 0 OR held_at + longest <= ?2 OR held_at > ?2
                        OR batch IN (SELECT batch FROM held WHERE held_at + longest <= ?2)
                    ORDER BY number LIMIT ?3
                    """)
                .Bind(1, dueOnly ? 1L : 0L).Bind(2, Now).Bind(3, (long)most);
            try
            {
                while (statement.Step())
                    found.Add(new HeldRecord(statement.Int64(0), statement.Bytes(1).ToArray(), statement.IsNull(2)
                        ? null
                        : statement.Bytes(2).ToArray(), statement.TextOrNull(3)));
            }
            finally
            {
                statement.Reset();
            }

            return found;
        }
    }

    private void Insert(SqliteSession session, HeldRecord record, HoldingTime time) =>
        session.Prepare("INSERT INTO held (held_at, longest, batch, record, definition) VALUES (?1, ?2, ?3, ?4, ?5)")
            .Bind(1, Now).Bind(2, (long)time.Longest.TotalMilliseconds).Bind(3, time.Batch).Bind(4, record.Record)
                .Bind(5, record.Definition).Run();

    private static void CloseWhenFull(SqliteSession session, HoldingTime batch) =>
        session.Prepare("UPDATE held SET longest = 0 WHERE batch = ?1 AND (SELECT count(*) FROM held WHERE batch = ?1) >= ?2")
            .Bind(1, batch.Batch).Bind(2, (long)batch.BatchSize).Run();

    private SqliteSession Open()
    {
        var session = SideDatabase.Open(_path, Tables);
        try
        {
            _count = (long)session.Scalar("SELECT count(*) FROM held")!;
            (Found, _problem) = (Found + _count, null);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void OpenOrSetAside()
    {
        try
        {
            _session = Open();
        }
        catch (SqliteException exception) when (SqliteFailure.IsDamage(exception))
        {
            Log.SetAside(_logger, _path, SideDatabase.SetAside(_path, _time), exception);
        }
        catch (SqliteException exception)
        {
            // A disk that is full, or refuses: what is held there stays there until it can be opened, with the next record that is held or
            // at the next start.
            _problem = $"the held records in {_path} cannot be read for now: {exception.Message}";
            Log.NotOpened(_logger, _path, exception.Message);
        }
    }
}
