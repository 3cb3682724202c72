using MemoryTriggers.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Runtime.Tests.Backends;

/// <summary>One database file, and backends over it.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public string Directory => _directory.Path;

    public string Path => _directory.File("memory.db");

    public SqliteBackendOptions Options => new() { Path = Path };

    public async Task<SqliteMemoryBackend> OpenAsync(Action<SqliteBackendOptions>? configure = null)
    {
        var options = Options;
        configure?.Invoke(options);
        var backend = new SqliteMemoryBackend(options, NullLogger.Instance, TimeProvider.System);
        await backend.InitializeAsync(TestContext.Current.CancellationToken);
        return backend;
    }

    /// <summary>Runs SQL as another program would.</summary>
    public object? Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose() => _directory.Dispose();
}
