using System.Collections.Concurrent;
using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.Postgres.Schema;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MemoryTriggers.Postgres.Partitions;

/// <summary>
/// Makes the partitions of the months that are written, and drops those that are too old. A partition that cannot be made now is no reason
/// to refuse a memory: it goes among the others, and moves when its partition is made. Thread-safe.
/// </summary>
internal sealed class PartitionKeeper(NpgsqlDataSource source, SchemaNames names, PostgresBackendOptions options, TimeProvider time,
    ILogger logger)
{
    // Making or dropping a partition waits for readers of the table, and everyone else then waits for it: so the wait is short.
    private const string LockWait = "SET LOCAL lock_timeout = '2s'";

    private const int StraysLookedAt = 1_000;

    // A month is tried once by a process, unless it is made by the job later: a write must not wait for the same lock again and again.
    private readonly ConcurrentDictionary<MonthPartition, bool> _seen = [];

    public async ValueTask EnsureForAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        HashSet<MonthPartition>? missing = null;
        foreach (var id in ids)
        {
            if (MonthPartition.Of(id) is not { } month || _seen.ContainsKey(month) || !IsExpected(month)) continue;
            (missing ??= []).Add(month);
        }

        if (missing is not null) await EnsureAsync(missing, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes the partitions of this month and the next ones, and those that could not be made when they were needed. Runs inside a
    /// transaction.
    /// </summary>
    public async Task MakeAheadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var months = new List<MonthPartition> { MonthPartition.Of(time.GetUtcNow()) };
        for (var i = 0; i < options.MonthsAhead; i++) months.Add(months[^1].Next);
        var strays = await connection.ListAsync(
            $"SELECT id::text FROM {names.OthersTable} WHERE substr(id::text, 15, 1) = '7' LIMIT {StraysLookedAt}",
            cancellationToken).ConfigureAwait(false);
        months.AddRange(strays.Select(static id => MonthPartition.Of(Guid.Parse(id))).OfType<MonthPartition>().Where(IsExpected));
        await MakeMissingAsync(connection, months.ToHashSet(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Drops every month that is older than the retention as a whole, and removes what is older among the others. Runs inside a
    /// transaction.
    /// </summary>
    public async Task DropOldAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (options.Retention is not { } retention) return;

        await connection.ExecuteAsync(LockWait, cancellationToken).ConfigureAwait(false);
        var limit = time.GetUtcNow() - retention;
        foreach (var month in await ExistingAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            if (month.End > limit) continue;
            await connection.ExecuteAsync($"DROP TABLE {names.Of(month.Name)}", cancellationToken).ConfigureAwait(false);
            _seen.TryRemove(month, out _);
            Log.PartitionDropped(logger, month.Name, retention);
        }

        await connection.ExecuteAsync($"DELETE FROM {names.OthersTable} WHERE created_at < {limit.UtcTicks}", cancellationToken)
            .ConfigureAwait(false);
    }

    // What is too old would be dropped at once, and a clock that is far ahead must not make a partition for each of its months.
    private bool IsExpected(MonthPartition month)
    {
        var now = time.GetUtcNow();
        return month.Start <= now.AddMonths(options.MonthsAhead) && (options.Retention is not { } retention || month.End > now - retention);
    }

    private async Task EnsureAsync(IReadOnlyCollection<MonthPartition> months, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var ending = transaction.ConfigureAwait(false);
            await MakeMissingAsync(connection, months, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
            when (exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.InsufficientPrivilege)
        {
            Log.PartitionNotMade(logger, PostgresFailure.Describe(exception));
        }

        foreach (var month in months) _seen.TryAdd(month, true);
    }

    private async Task MakeMissingAsync(NpgsqlConnection connection, IReadOnlyCollection<MonthPartition> months,
        CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync($"{LockWait}; SELECT pg_advisory_xact_lock({names.Lock("partitions")})", cancellationToken)
            .ConfigureAwait(false);
        var existing = await ExistingAsync(connection, cancellationToken).ConfigureAwait(false);
        foreach (var month in months.Where(month => !existing.Contains(month)).OrderBy(static month => month.Start))
        {
            await connection.ExecuteAsync(Create(month), cancellationToken).ConfigureAwait(false);
            Log.PartitionMade(logger, month.Name);
        }

        // Those of the new ones, and of what a process of an older version has made.
        await connection.ExecuteAsync(GinIndexes.Bound(names), cancellationToken).ConfigureAwait(false);
    }

    // Attaching a table that has its rows already works whether or not rows of the month are among the others.
    private string Create(MonthPartition month)
    {
        var table = names.Of(month.Name);
        return $"""
            LOCK TABLE {names.OthersTable} IN ACCESS EXCLUSIVE MODE;
            CREATE TABLE {table} (LIKE {names.MemoryTable} INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
            WITH moved AS (DELETE FROM {names.OthersTable} WHERE id >= '{month.FirstId}' AND id < '{month.EndId}' RETURNING *)
                INSERT INTO {table} SELECT * FROM moved;
            ALTER TABLE {names.MemoryTable} ATTACH PARTITION {table} FOR VALUES FROM ('{month.FirstId}') TO ('{month.EndId}');
            """;
    }

    private async Task<HashSet<MonthPartition>> ExistingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var tables = await connection.ListAsync(
            $"SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = " +
                $"'{names.MemoryTable}'::regclass",
            cancellationToken).ConfigureAwait(false);
        return [.. tables.Select(MonthPartition.Parse).OfType<MonthPartition>()];
    }
}
