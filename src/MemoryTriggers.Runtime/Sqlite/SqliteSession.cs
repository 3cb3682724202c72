using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private const int MaxStatements = 64;

    private static readonly TimeSpan DefaultBusyTimeout = TimeSpan.FromSeconds(5);

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    public SqliteConnection Connection => _connection;

    /// <param name="path">The file, or <c>:memory:</c>.</param>
    /// <param name="mode">Whether it may be made, and written.</param>
    /// <param name="cacheKilobytes">How much of the file the connection keeps in memory.</param>
    /// <param name="busyTimeout">How long it waits for the lock of another connection; 5 s without it.</param>
    /// <param name="isDamaged">
    /// Whether to read on past errors in the schema, and from a file that is shorter than its header says; SQLite refuses both otherwise.
    /// </param>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static SqliteSession Open(string path, SqliteOpenMode mode, int cacheKilobytes, TimeSpan? busyTimeout = null,
        bool isDamaged = false)
    {
        SqliteLibrary.Initialize();
        DatabaseName.Prepare(path, mode);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        var session = new SqliteSession(connection);
        try
        {
            connection.Open();
            if (isDamaged) session.Execute("PRAGMA writable_schema=ON");
            session.Execute($"PRAGMA busy_timeout={(long)(busyTimeout ?? DefaultBusyTimeout).TotalMilliseconds}");
            session.Execute("PRAGMA wal_autocheckpoint=0");
            session.Execute("PRAGMA temp_store=MEMORY");
            // What is deleted is overwritten, also in pages that are given free.
            session.Execute("PRAGMA secure_delete=ON");
            session.Execute($"PRAGMA cache_size=-{cacheKilobytes}");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The prepared statement for a text; the caller resets it when done.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var known)) return known;

        // Filters make a bounded number of texts in practice; a caller that makes more pays by preparing again.
        if (_statements.Count == MaxStatements) DropStatements();
        return _statements[sql] = new SqliteStatement(_connection.Handle!, sql);
    }

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        DropStatements();
        _connection.Dispose();
    }

    private void DropStatements()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
    }
}
