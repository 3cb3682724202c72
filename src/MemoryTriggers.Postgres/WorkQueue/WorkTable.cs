using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.Postgres.Schema;
using Npgsql;
using NpgsqlTypes;

namespace MemoryTriggers.WorkQueue;

/// <summary>One queue of the table: each method is one transaction.</summary>
/// <param name="source">The connections.</param>
/// <param name="names">Where the table is.</param>
/// <param name="queue">The queue.</param>
/// <param name="forceSync">Whether the server confirms before the disk has it, unless configured otherwise.</param>
internal sealed class WorkTable(NpgsqlDataSource source, SchemaNames names, string queue, bool forceSync)
{
    private const string Synchronous = "SELECT set_config('synchronous_commit', 'on', true)";

    // Nothing is lost when the server forgets this transaction.
    private const string Notify = "SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)";
    private readonly WorkStatements _sql = new(names);

    public Task<int> EnqueueAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken) => WriteAsync(
        Command(
            _sql.Enqueue,
            Array(items, static item => PostgresText.Write(item.Key), NpgsqlDbType.Text),
            Array(items, static item => item.Payload.ToArray(), NpgsqlDbType.Bytea),
            Array(items, static item => item.Delay, NpgsqlDbType.Interval)),
        cancellationToken);

    /// <summary>Those that are due, the oldest first.</summary>
    public async Task<IReadOnlyList<LeasedRow>> LeaseAsync(int most, TimeSpan duration, int maxAttempts,
        CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(
            Command(_sql.Lease, Value(most), Value(duration), Value(maxAttempts)),
            static reader => (
                Row: new LeasedRow(PostgresText.Read(reader.GetString(0)), reader.GetFieldValue<byte[]>(1), reader.GetInt32(2),
                    reader.GetGuid(3), reader.GetFieldValue<DateTimeOffset>(4)),
                Due: reader.GetFieldValue<DateTimeOffset>(5),
                Place: reader.GetInt64(6)),
            cancellationToken).ConfigureAwait(false);
        return [.. rows.OrderBy(static row => row.Due).ThenBy(static row => row.Place).Select(static row => row.Row)];
    }

    public async Task<bool> RenewAsync(string key, Guid lease, TimeSpan duration, CancellationToken cancellationToken) =>
        await WriteAsync(Command(_sql.Renew, Key(key), Value(lease), Value(duration)), cancellationToken).ConfigureAwait(false) > 0;

    public async Task<bool> CompleteAsync(string key, Guid lease, CancellationToken cancellationToken) =>
        await WriteAsync(Command(_sql.Complete, Key(key), Value(lease)), cancellationToken).ConfigureAwait(false) > 0;

    public async Task<bool> AbandonAsync(string key, Guid lease, TimeSpan delay, string reason, int maxAttempts,
        CancellationToken cancellationToken) =>
        await WriteAsync(Command(_sql.Abandon, Key(key), Value(lease), Value(delay), Key(reason), Value(maxAttempts)), cancellationToken)
            .ConfigureAwait(false) > 0;

    public async Task<bool> ReviveAsync(string key, CancellationToken cancellationToken) =>
        await WriteAsync(Command(_sql.Revive, Key(key)), cancellationToken).ConfigureAwait(false) > 0;

    public async Task<bool> RemoveAsync(string key, CancellationToken cancellationToken) =>
        await WriteAsync(Command(_sql.Remove, Key(key)), cancellationToken).ConfigureAwait(false) > 0;

    /// <returns>How long until something is due; <see langword="null"/> when there is nothing.</returns>
    public async Task<TimeSpan?> NextDueAsync(CancellationToken cancellationToken) => (await ReadAsync(
        Command(_sql.NextDue), static reader =>
            reader.IsDBNull(0) ? (TimeSpan?)null : reader.GetTimeSpan(0), cancellationToken).ConfigureAwait(false))[0];

    public async Task<WorkQueueCounts> CountAsync(CancellationToken cancellationToken) => (await ReadAsync(
        Command(_sql.Count),
        static reader => new WorkQueueCounts(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)),
        cancellationToken).ConfigureAwait(false))[0];

    public async Task<IReadOnlyList<DeadWork>> DeadAsync(int most, CancellationToken cancellationToken) => await ReadAsync(
        Command(_sql.Dead, Value(most)),
        static reader => new DeadWork(
            PostgresText.Read(reader.GetString(0)), reader.GetFieldValue<byte[]>(1), reader.GetInt32(2),
            PostgresText.Read(reader.GetString(3)), reader.GetFieldValue<DateTimeOffset>(4)),
        cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Tells all who wait. After the commit, not in it: the server lets only one transaction at a time commit that tells something.
    /// </summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var command = source.CreateCommand(Notify);
        await using var disposing = command.ConfigureAwait(false);
        command.Parameters.Add(Value(names.WorkChannel));
        command.Parameters.Add(Value(queue));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> WriteAsync(NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        var batch = Batch(command);
        await using var disposing = batch.ConfigureAwait(false);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return (int)command.RecordsAffected;
    }

    private async Task<List<T>> ReadAsync<T>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken)
    {
        var batch = Batch(command);
        await using var disposing = batch.ConfigureAwait(false);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        if (batch.BatchCommands.Count > 1) await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(read(reader));

        // The commit comes after the last row.
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return rows;
    }

    // A lease that the server forgets in a crash would be given twice: all that is written is on disk when it is confirmed.
    private NpgsqlBatch Batch(NpgsqlBatchCommand command)
    {
        var batch = source.CreateBatch();
        if (forceSync) batch.BatchCommands.Add(new NpgsqlBatchCommand(Synchronous));
        batch.BatchCommands.Add(command);
        return batch;
    }

    private NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(Value(queue));
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    private static NpgsqlParameter Key(string text) => Value(PostgresText.Write(text));

    private static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    private static NpgsqlParameter Array<T>(IReadOnlyList<WorkItem> items, Func<WorkItem, T> value, NpgsqlDbType type) =>
        new NpgsqlParameter<T[]> { TypedValue = [.. items.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type };
}
