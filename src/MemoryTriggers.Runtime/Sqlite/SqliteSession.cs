using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private const int MaxStatements = 64;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    public SqliteConnection Connection => _connection;

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

    public static SqliteSession Open(SqliteBackendOptions options, string path, SqliteOpenMode mode)
    {
        SqliteLibrary.Initialize();
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
            session.Execute($"PRAGMA busy_timeout={(long)options.BusyTimeout.TotalMilliseconds}");
            session.Execute("PRAGMA wal_autocheckpoint=0");
            session.Execute("PRAGMA temp_store=MEMORY");
            session.Execute($"PRAGMA cache_size=-{options.CacheKilobytes}");
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
