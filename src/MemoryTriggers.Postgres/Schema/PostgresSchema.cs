using MemoryTriggers.Postgres.Connections;
using Npgsql;

namespace MemoryTriggers.Postgres.Schema;

/// <summary>
/// Brings a schema up to date: all steps in one transaction, under a lock, so that processes that start together do it once.
/// </summary>
internal static class PostgresSchema
{
    private static int Newest => PostgresMigrations.All[^1].Version;

    /// <returns>The version that the schema has now.</returns>
    /// <exception cref="MemoryBackendException">The schema was made by a newer version of this library.</exception>
    public static async Task<int> MigrateAsync(
        NpgsqlDataSource source, SchemaNames names, IReadOnlyList<PostgresMigration> steps, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);

        await connection.ExecuteAsync($"SELECT pg_advisory_xact_lock({names.Lock("schema")})", cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(VersionTable(names), cancellationToken).ConfigureAwait(false);
        var current = await connection.ScalarAsync<int>($"SELECT coalesce(max(version), 0) FROM {names.VersionTable}", cancellationToken)
            .ConfigureAwait(false);
        if (current > Newest) throw TooNew(names, current);
        foreach (var step in steps.Where(step => step.Version > current))
        {
            await connection.ExecuteAsync(step.Sql(names), cancellationToken).ConfigureAwait(false);
            await NoteAsync(connection, names, step, now, cancellationToken).ConfigureAwait(false);
            current = step.Version;
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return current;
    }

    /// <summary>Looks whether the schema is the one that this version works with, and changes nothing.</summary>
    /// <returns>Its version.</returns>
    /// <exception cref="MemoryBackendException">There is none, or it has another version.</exception>
    public static async Task<int> RequireCurrentAsync(NpgsqlDataSource source, SchemaNames names, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        if (!await connection.ScalarAsync<bool>($"SELECT to_regclass('{names.VersionTable}') IS NOT NULL", cancellationToken)
            .ConfigureAwait(false))
            throw Refusal($"There is no store in the schema {names.Schema}. A program makes it at its start.");
        var current = await connection.ScalarAsync<int>($"SELECT coalesce(max(version), 0) FROM {names.VersionTable}", cancellationToken)
            .ConfigureAwait(false);
        if (current > Newest) throw TooNew(names, current);
        return current == Newest ? current : throw Refusal(
            $"The schema {names.Schema} has version {current}, and this version works with {Newest}. A program with this version brings " +
                "it up to date at its start.");
    }

    private static MemoryBackendException TooNew(SchemaNames names, int current) =>
        Refusal($"The schema {names.Schema} has version {current}, and this library knows versions up to {Newest}. Update the library.");

    private static MemoryBackendException Refusal(string message) => new(PostgresFailure.Backend, message, isTransient: false);

    // A schema that an administrator made is used without the right to make one.
    private static string VersionTable(SchemaNames names) => $"""
        DO $$ BEGIN
            IF to_regnamespace('"{names.Schema}"') IS NULL THEN CREATE SCHEMA "{names.Schema}"; END IF;
            IF to_regclass('{names.VersionTable}') IS NULL THEN
                CREATE TABLE {names.VersionTable} (version int PRIMARY KEY, description text NOT NULL, applied_at bigint NOT NULL);
            END IF;
        END $$
        """;

    private static async Task NoteAsync(
        NpgsqlConnection connection, SchemaNames names, PostgresMigration step, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var note = new NpgsqlCommand($"INSERT INTO {names.VersionTable} VALUES ($1, $2, $3)", connection);
        await using var disposing = note.ConfigureAwait(false);
        note.Parameters.Add(new NpgsqlParameter<int> { TypedValue = step.Version });
        note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = step.Description });
        note.Parameters.Add(new NpgsqlParameter<long> { TypedValue = now.UtcTicks });
        await note.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
