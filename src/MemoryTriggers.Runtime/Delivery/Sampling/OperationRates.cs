using MemoryTriggers.Problems;
using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery.Sampling;

/// <summary>
/// Counts and durations of operations by the hour, on disk in a small SQLite database that the processes of a data folder share.
/// Thread-safe.
/// </summary>
internal sealed class OperationRates : IDisposable
{
    public const string FileName = "rates.db";

    // The ids of what was counted last: a batch that is delivered again after a crash is not counted again.
    private const int KeptIds = 50_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private static readonly SideSchema Schema = new(
        "the database of counted operations", "counts that cannot be read are lost", 0x4D540002,
        """
        CREATE TABLE IF NOT EXISTS rate (project TEXT NOT NULL, operation TEXT NOT NULL, hour INTEGER NOT NULL,
            executions INTEGER NOT NULL, failures INTEGER NOT NULL, remembered INTEGER NOT NULL, total INTEGER NOT NULL,
            longest INTEGER NOT NULL, PRIMARY KEY (project, operation, hour)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS rate_hour ON rate (hour);
        CREATE TABLE IF NOT EXISTS counted (number INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE);
        CREATE TABLE IF NOT EXISTS history (project TEXT NOT NULL, operation TEXT NOT NULL, buckets BLOB NOT NULL,
            PRIMARY KEY (project, operation)) WITHOUT ROWID;
        """,
        new SideTable("rate", "project, operation, hour, executions, failures, remembered, total, longest", "project"),
        new SideTable("counted", "id"),
        new SideTable("history", "project, operation, buckets", "project"));

    private readonly Lock _gate = new();
    private readonly string? _path;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SideDatabase _database;
    private bool _isClosed;
    private long _prunedTo;
    private volatile string? _problem;

    /// <param name="folder">The data folder; <see langword="null"/> to keep them in memory.</param>
    /// <param name="problems">Learns of a database that is damaged and was set aside.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Learns of a database that cannot be written.</param>
    public OperationRates(string? folder, ProblemLog problems, TimeProvider time, ILogger logger)
    {
        (_path, _time, _logger) = (folder is null ? null : Path.Combine(folder, FileName), time, logger);
        _database = new SideDatabase(_path, Schema, problems, time);
    }

    /// <summary>Why nothing can be counted now, for health; <see langword="null"/> when it can.</summary>
    public string? Problem => _problem;

    /// <summary>Counts executions, each once. Returns when that is on disk.</summary>
    /// <param name="executions">The executions.</param>
    /// <param name="histories">The histories that changed with them.</param>
    /// <returns><see langword="false"/> when they cannot be counted.</returns>
    public bool TryAdd(IReadOnlyList<CountedExecution> executions, IEnumerable<KeyValuePair<OperationName, DurationHistory>> histories)
    {
        lock (_gate)
        {
            try
            {
                if (_isClosed) return false;
                _database.Write(session =>
                {
                    foreach (var execution in executions) Add(session, execution);
                    foreach (var (operation, history) in histories) Save(session, operation, history);
                    Prune(session);
                });
                _problem = null;
                return true;
            }
            catch (Exception exception) when (SqliteFailure.IsKnown(exception))
            {
                NotKept(exception);
                return false;
            }
        }
    }

    /// <summary>The durations of an operation so far.</summary>
    public DurationHistory History(OperationName operation)
    {
        lock (_gate)
        {
            try
            {
                return _isClosed ? new DurationHistory() : _database.Read(session => History(session, operation));
            }
            catch (Exception exception) when (SqliteFailure.IsKnown(exception))
            {
                NotKept(exception);
                return new DurationHistory();
            }
        }
    }

    /// <summary>The rates from an hour on, the newest first, those of an hour by project and operation.</summary>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    public IReadOnlyList<OperationRate> Read(DateTimeOffset since, string? project)
    {
        lock (_gate) return _isClosed ? [] : _database.Read(session => Read(session, since, project));
    }

    /// <summary>The same, from a database that is open for reading.</summary>
    public static IReadOnlyList<OperationRate> Read(SqliteSession session, DateTimeOffset since, string? project)
    {
        var rates = new List<OperationRate>();
        var row = session.Prepare("""
            SELECT project, operation, hour, executions, failures, remembered, total, longest FROM rate
            WHERE hour >= ?1 AND (?2 IS NULL OR project = ?2) ORDER BY hour DESC, project, operation
            """).Bind(1, HourOf(since)).Bind(2, project);
        try
        {
            while (row.Step())
            {
                rates.Add(new OperationRate(
                    new OperationName(row.Text(0)!, row.Text(1)!), DateTimeOffset.UnixEpoch.AddHours(row.Int64(2)), row.Int64(3),
                    row.Int64(4), row.Int64(5), TimeSpan.FromTicks(row.Int64(6)), TimeSpan.FromTicks(row.Int64(7))));
            }
        }
        finally
        {
            row.Reset();
        }

        return rates;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _database.Dispose();
            _isClosed = true;
        }
    }

    private static long HourOf(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerHour;

    private static void Add(SqliteSession session, CountedExecution execution)
    {
        var noting = session.Prepare("INSERT OR IGNORE INTO counted (id) VALUES (?1)").Bind(1, execution.Id);
        if (SideDatabase.Changes(session, noting) == 0) return;
        session.Prepare("""
            INSERT INTO rate VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?6) ON CONFLICT DO UPDATE SET executions = executions + 1,
                failures = failures + excluded.failures, remembered = remembered + excluded.remembered,
                total = total + excluded.total, longest = max(longest, excluded.longest)
            """).Bind(1, execution.Operation.Project).Bind(2, execution.Operation.Key).Bind(3, HourOf(execution.EndedAt))
            .Bind(4, execution.IsFailure ? 1L : 0).Bind(5, execution.IsRemembered ? 1L : 0).Bind(6, execution.Duration.Ticks).Run();
    }

    private static void Save(SqliteSession session, OperationName operation, DurationHistory history) =>
        session.Prepare("INSERT INTO history VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET buckets = excluded.buckets")
            .Bind(1, operation.Project).Bind(2, operation.Key).Bind(3, history.ToBytes()).Run();

    private void Prune(SqliteSession session)
    {
        session.Prepare("DELETE FROM counted WHERE number <= (SELECT max(number) FROM counted) - ?1").Bind(1, (long)KeptIds).Run();
        var oldest = HourOf(_time.GetUtcNow() - KeptFor);
        if (oldest == _prunedTo) return;
        session.Prepare("DELETE FROM rate WHERE hour < ?1").Bind(1, oldest).Run();
        _prunedTo = oldest;
    }

    private static DurationHistory History(SqliteSession session, OperationName operation)
    {
        var row = session.Prepare("SELECT buckets FROM history WHERE project = ?1 AND operation = ?2")
            .Bind(1, operation.Project).Bind(2, operation.Key);
        try
        {
            return row.Step() ? new DurationHistory(row.Bytes(0)) : new DurationHistory();
        }
        finally
        {
            row.Reset();
        }
    }

    // Said once, not with every batch.
    private void NotKept(Exception exception)
    {
        if (_problem is null) Log.RatesNotKept(_logger, _path ?? "memory", exception.Message);
        _problem = $"successes cannot be counted in {_path}, so each becomes a memory: {exception.Message}";
    }
}
