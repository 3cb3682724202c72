using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace MemoryTriggers.Tests.Server;

/// <summary>One schema, and backends over it.</summary>
public sealed class PostgresSchemaUnderTest
{
    public PostgresSchemaUnderTest(string connectionString, string name)
    {
        (ConnectionString, Name) = (connectionString, name);
        Time.Jump(Any.Time - Time.GetUtcNow());
    }

    public string Name { get; }

    public string ConnectionString { get; }

    /// <summary>
    /// The clock of its backends, set to the month in which <see cref="Any"/> makes its memories. Timers do not follow it, so that jobs run when
    /// a test says so.
    /// </summary>
    public JumpingTimeProvider Time { get; } = new();

    public PostgresMemoryBackend Create(Action<PostgresBackendOptions>? configure = null)
    {
        var options = new PostgresBackendOptions { ConnectionString = ConnectionString, Schema = Name };
        configure?.Invoke(options);
        return new PostgresMemoryBackend(options, NullLogger.Instance, Time);
    }

    public async Task<PostgresMemoryBackend> OpenAsync(Action<PostgresBackendOptions>? configure = null)
    {
        var backend = Create(configure);
        await backend.InitializeAsync(TestContext.Current.CancellationToken);
        return backend;
    }

    /// <summary>Runs SQL as another program would, in the schema.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + $";Search Path={Name};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The partitions that are there, in order.</summary>
    public async Task<string?> PartitionsAsync() => (string?)await ExecuteAsync(
        "SELECT string_agg(c.relname, ' ' ORDER BY c.relname) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'memory'::regclass");
}
