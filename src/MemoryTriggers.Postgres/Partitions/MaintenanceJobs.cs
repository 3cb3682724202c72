using MemoryTriggers.Postgres.Connections;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MemoryTriggers.Postgres.Partitions;

/// <summary>
/// Jobs that one process does for all: the process that gets the lock of a job runs it, unless it ran recently. No leader is
/// elected for longer than one run, so a process that dies needs no replacement.
/// </summary>
internal sealed class MaintenanceJobs(
    NpgsqlDataSource source, SchemaNames names, PartitionKeeper partitions, PostgresBackendOptions options, TimeProvider time,
    ILogger logger)
{
    private const string Ahead = "partitions_ahead";
    private const string Retention = "retention";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(options.MaintenanceInterval, time, cancellationToken).ConfigureAwait(false);
            await RunOnceAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>The jobs that this process did.</returns>
    public async Task<IReadOnlyList<string>> RunOnceAsync(CancellationToken cancellationToken)
    {
        var done = new List<string>();
        if (await TryAsync(Ahead, partitions.MakeAheadAsync, cancellationToken).ConfigureAwait(false)) done.Add(Ahead);
        if (options.Retention is not null && await TryAsync(Retention, partitions.DropOldAsync, cancellationToken).ConfigureAwait(false))
            done.Add(Retention);
        return done;
    }

    private async Task<bool> TryAsync(string job, Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var ending = transaction.ConfigureAwait(false);
            if (!await connection.ScalarAsync<bool>($"SELECT pg_try_advisory_xact_lock({names.Lock(job)})", cancellationToken)
                .ConfigureAwait(false)) return false;
            if (!await IsDueAsync(connection, job, cancellationToken).ConfigureAwait(false)) return false;

            await work(connection, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (PostgresFailure.IsKnown(exception))
        {
            // The next run does what this one could not.
            Log.JobFailed(logger, job, PostgresFailure.Translate(exception, "do it").Message);
            return false;
        }
    }

    // Notes the time as well. A time in the future is that of a clock that was set back.
    private async Task<bool> IsDueAsync(NpgsqlConnection connection, string job, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcTicks;
        var pause = options.MaintenanceInterval.Ticks;
        return await connection.ScalarAsync<bool>(
            $"""
            INSERT INTO {names.JobTable} AS j VALUES ('{job}', {now})
            ON CONFLICT (job) DO UPDATE SET done_at = excluded.done_at
                WHERE j.done_at <= excluded.done_at - {pause / 2} OR j.done_at > excluded.done_at + {pause}
            RETURNING true
            """,
            cancellationToken).ConfigureAwait(false);
    }
}
