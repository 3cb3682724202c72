using MemoryTriggers.Postgres.Connections;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MemoryTriggers.Postgres.Schema;

/// <summary>The version and the features of the server.</summary>
/// <param name="Version">As it says itself.</param>
/// <param name="TrigramSchema">Where pg_trgm is; <see langword="null"/> when it is not there.</param>
/// <param name="ConfirmsEarly">Whether it is set to confirm a commit before the disk has it.</param>
internal sealed record ServerTraits(string Version, string? TrigramSchema, bool ConfirmsEarly)
{
    public static async Task<ServerTraits> PrepareAsync(NpgsqlDataSource source, SchemaNames names, ILogger logger,
        CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var version = await connection.ScalarAsync<string>("SHOW server_version", cancellationToken).ConfigureAwait(false);
        return new ServerTraits(
            version!,
            await TrigramsAsync(connection, names, logger, cancellationToken).ConfigureAwait(false),
            await ConfirmsEarlyAsync(connection, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The same without changing anything.</summary>
    public static async Task<ServerTraits> ReadAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var version = await connection.ScalarAsync<string>("SHOW server_version", cancellationToken).ConfigureAwait(false);
        return new ServerTraits(
            version!, await FindAsync(connection, cancellationToken).ConfigureAwait(false),
            await ConfirmsEarlyAsync(connection, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether the server is set to confirm a commit before the disk has it.</summary>
    public static async Task<bool> ConfirmsEarlyAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        return await ConfirmsEarlyAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> ConfirmsEarlyAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<string>("SHOW synchronous_commit", cancellationToken).ConfigureAwait(false) == "off";

    // Needs the right to create in the database, and the extension's files on the server. Everything else works without it.
    private static async Task<string?> TrigramsAsync(NpgsqlConnection connection, SchemaNames names, ILogger logger,
        CancellationToken cancellationToken)
    {
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var ending = transaction.ConfigureAwait(false);
            await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended('memory_triggers/pg_trgm', 0))", cancellationToken)
                .ConfigureAwait(false);
            var schema = await FindAsync(connection, cancellationToken).ConfigureAwait(false);
            if (schema is null)
            {
                await connection.ExecuteAsync("CREATE EXTENSION pg_trgm SCHEMA public", cancellationToken).ConfigureAwait(false);
                schema = await FindAsync(connection, cancellationToken).ConfigureAwait(false);
            }

            if (await connection.ScalarAsync<string>($"SELECT to_regclass('{names.WordTrigrams}')::text", cancellationToken)
                .ConfigureAwait(false) is null)
                await connection.ExecuteAsync($"CREATE INDEX memory_word_trigrams ON {names.WordTable} USING gin (word " +
                    $"{schema}.gin_trgm_ops) WITH ({GinIndexes.Setting})", cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return schema;
        }
        catch (PostgresException exception)
        {
            Log.NoTrigrams(logger, PostgresFailure.Describe(exception));
            return null;
        }
    }

    private static Task<string?> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<string>(
        "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm'",
        cancellationToken);
}
