using MemoryTriggers.Postgres.Changes;
using MemoryTriggers.Postgres.Columns;
using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.Postgres.Partitions;
using MemoryTriggers.Postgres.Reading;
using MemoryTriggers.Postgres.Words;
using Npgsql;

namespace MemoryTriggers.Postgres.Writing;

/// <summary>Operations that read and write in one transaction.</summary>
internal sealed class EntryChanges(NpgsqlDataSource source, SchemaNames names, PartitionKeeper partitions, WordDictionary words,
    ChangeAnnouncer? announcer, bool forceSync)
{
    private const int DeletedAtOnce = 1_000;
    private readonly string _upsert = EntryColumns.Upsert(names.MemoryTable);

    /// <summary>
    /// Stores what <paramref name="change"/> makes of a memory. Other changes of the same one wait, whether it exists or not.
    /// </summary>
    public async Task<bool> ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        // First: a month cannot be made while its neighbours are read in a transaction. What a change makes of a memory is of the same
        // month.
        await partitions.EnsureForAsync([id], cancellationToken).ConfigureAwait(false);
        IReadOnlyList<MemoryEntry> entries = [];
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        if (forceSync) await connection.ExecuteAsync("SET LOCAL synchronous_commit = 'on'", cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync($"SELECT pg_advisory_xact_lock({names.Lock(id.ToString("N"))})", cancellationToken)
            .ConfigureAwait(false);
        try
        {
            entries = EntryWriter.Order(change(await ReadAsync(connection, id, cancellationToken).ConfigureAwait(false)));
            if (entries.Count == 0) return false;

            var parameters = EntryColumns.Parameters(entries);
            var unknown = words.Unknown(EntryColumns.Words(parameters));
            await RunAsync(connection, new NpgsqlBatchCommand(_upsert), parameters, unknown.Length > 0 ? words.Adding(unknown) : null,
                cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            words.Know(unknown);
            return true;
        }
        finally
        {
            // A failed write may still have been committed.
            announcer?.Add(entries.Select(static entry => entry.Id));
        }
    }

    /// <summary>Deletes some of what matches.</summary>
    /// <returns>How many; none when nothing is left.</returns>
    public async Task<int> DeletePartAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        var statement = new Statement();
        var delete = statement.Command($"""
            DELETE FROM {names.MemoryTable} WHERE id IN (
                SELECT m.id FROM {names.MemoryTable} m WHERE {QueryFilter.Write(query, statement)} LIMIT {statement.Value(DeletedAtOnce)})
            RETURNING id
            """);
        var ids = await new EntryReads(source, names).ListAsync(delete, static row => row.GetGuid(0), cancellationToken)
            .ConfigureAwait(false);
        if (ids.Count > 0) announcer?.Add(ids);
        return ids.Count;
    }

    private async Task<MemoryEntry?> ReadAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand($"SELECT {EntryColumns.Select} FROM {names.MemoryTable} m WHERE m.id = $1 FOR UPDATE", connection);
        await using var disposing = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var reading = reader.ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? EntryReader.Read(reader) : null;
    }

    private static async Task RunAsync(NpgsqlConnection connection, NpgsqlBatchCommand write, NpgsqlParameter[] parameters,
        NpgsqlBatchCommand? last, CancellationToken cancellationToken)
    {
        foreach (var parameter in parameters) write.Parameters.Add(parameter);
        var batch = new NpgsqlBatch(connection);
        await using var disposing = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(write);
        if (last is not null) batch.BatchCommands.Add(last);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
