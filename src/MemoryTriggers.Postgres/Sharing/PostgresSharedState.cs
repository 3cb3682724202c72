using System.Security.Cryptography;
using MemoryTriggers.Circuits;
using MemoryTriggers.Postgres.Connections;
using Npgsql;

namespace MemoryTriggers.Postgres.Sharing;

/// <summary>
/// Two small tables by which processes share circuits and counts of rate limits: one transaction for each exchange. Ages are by the
/// server's clock; windows are by those of the processes. One call at a time.
/// </summary>
internal sealed class PostgresSharedState(NpgsqlDataSource source, SchemaNames names, PostgresBackendOptions options, TimeProvider time)
    : ISharedStateStore
{
    private const int ExchangesPerCleaning = 60;

    private readonly SharingStatements _statements = new(names);
    private readonly Guid _sender = new(RandomNumberGenerator.GetBytes(16));
    private readonly Dictionary<string, long> _versions = [];
    private DateTime _lastTime = DateTime.UnixEpoch;
    private int _exchanges;

    public bool SharesCircuits => options.ShareBreakers;

    public bool SharesLimits => options.ShareRateLimits;

    public TimeSpan Interval => options.ShareInterval;

    public ValueTask<SharedNews> ExchangeAsync(SharedNews own, CancellationToken cancellationToken) =>
        PostgresFailure.GuardAsync("share with other processes", () => RunAsync(own, cancellationToken));

    private async Task<SharedNews> RunAsync(SharedNews own, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        await connection.ExecuteAsync(SharingStatements.Relax, cancellationToken).ConfigureAwait(false);
        if (own.Circuits.Count > 0) await TellAsync(connection, own.Circuits, cancellationToken).ConfigureAwait(false);
        if (own.Counts.Count > 0) await TellAsync(connection, own.Counts, cancellationToken).ConfigureAwait(false);
        var now = await connection.ScalarAsync<DateTime>("SELECT clock_timestamp()", cancellationToken).ConfigureAwait(false);
        var circuits = SharesCircuits ? await HearCircuitsAsync(connection, cancellationToken).ConfigureAwait(false) : [];
        var counts = SharesLimits ? await HearCountsAsync(connection, cancellationToken).ConfigureAwait(false) : [];
        if (SharesLimits && _exchanges++ % ExchangesPerCleaning == 0)
            await ForgetAsync(connection, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);

        // Only now it counts as received: after a failure everything is requested again.
        _lastTime = now;
        foreach (var row in circuits) _versions[row.Circuit.Backend] = row.Version;
        return new SharedNews([.. circuits.Where(row => row.Sender != _sender).Select(static row => row.Circuit)], counts);
    }

    private async Task TellAsync(NpgsqlConnection connection, IReadOnlyList<SharedCircuit> circuits, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(_statements.TellCircuits, connection);
        await using var disposing = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = options.ShareGroup });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _sender });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. circuits.Select(static circuit => circuit.Backend)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue =
            [.. circuits.Select(static circuit => SharedStateNames.Of(circuit.State))] });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task TellAsync(NpgsqlConnection connection, IReadOnlyList<SharedCount> counts, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(_statements.TellCounts, connection);
        await using var disposing = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = options.ShareGroup });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _sender });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue =
            [.. counts.Select(static count => PostgresText.Write(count.Limit))] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. counts.Select(static count => count.Key)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. counts.Select(static count => count.Bucket)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. counts.Select(static count => count.Until)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. counts.Select(static count => count.Count)] });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<(SharedCircuit Circuit, long Version, Guid Sender)>> HearCircuitsAsync(NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(_statements.HearCircuits, connection);
        await using var disposing = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = options.ShareGroup });
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        var heard = new List<(SharedCircuit Circuit, long Version, Guid Sender)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var (backend, version) = (reader.GetString(0), reader.GetInt64(2));
            if (_versions.GetValueOrDefault(backend) >= version || SharedStateNames.Read(reader.GetString(1)) is not { } state) continue;
            heard.Add((new SharedCircuit(backend, state, reader.GetTimeSpan(3)), version, reader.GetGuid(4)));
        }

        return heard;
    }

    private async Task<IReadOnlyList<SharedCount>> HearCountsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(_statements.HearCounts, connection);
        await using var disposing = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = options.ShareGroup });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _sender });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = time.GetUtcNow().UtcTicks });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = _lastTime });
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        var heard = new List<SharedCount>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            heard.Add(new SharedCount(
                PostgresText.Read(reader.GetString(0)), reader.GetGuid(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt32(4),
                reader.GetGuid(5)));
        }

        return heard;
    }

    private async Task ForgetAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(_statements.Forget, connection);
        await using var disposing = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = time.GetUtcNow().UtcTicks });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
