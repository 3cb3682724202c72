using MemoryTriggers.Postgres.Changes;
using MemoryTriggers.Postgres.Columns;
using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.Postgres.Words;
using Npgsql;

namespace MemoryTriggers.Postgres.Writing;

/// <summary>
/// Everything that writes: one round trip and one transaction each, one more for new words, and one more for a batch of which some is there
/// already.
/// </summary>
/// <param name="source">The connections.</param>
/// <param name="names">Where to write.</param>
/// <param name="words">The words of all memories.</param>
/// <param name="announcer">Notifies other processes; <see langword="null"/> for none.</param>
/// <param name="forceSync">Whether the server confirms before the disk has it, unless configured otherwise.</param>
internal sealed class EntryWriter(NpgsqlDataSource source, SchemaNames names, WordDictionary words, ChangeAnnouncer? announcer,
    bool forceSync)
{
    // The server may confirm before the disk has it, when its administrator said so. A memory is stored when it is durable.
    private const string Synchronous = "SELECT set_config('synchronous_commit', 'on', true)";

    private readonly string _insert = EntryColumns.InsertNew(names.MemoryTable);
    private readonly string _upsert = EntryColumns.Upsert(names.MemoryTable);
    private readonly string _delete = $"DELETE FROM {names.MemoryTable} WHERE id = $1";

    /// <summary>Stores all or nothing.</summary>
    /// <param name="entries">In <see cref="Order"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StoreAsync(IReadOnlyList<MemoryEntry> entries, CancellationToken cancellationToken)
    {
        var parameters = EntryColumns.Parameters(entries);
        await words.LearnAsync(EntryColumns.Words(parameters), cancellationToken).ConfigureAwait(false);
        try
        {
            // Nearly always all of them are new, and an insert that need not expect others costs less.
            if (!await TryInsertAsync(entries, parameters, cancellationToken).ConfigureAwait(false))
                await RunAsync(With(_upsert, parameters), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A failed write may still have been committed.
            announcer?.Add(entries.Select(static entry => entry.Id));
        }
    }

    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var delete = new NpgsqlBatchCommand(_delete);
        delete.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        try
        {
            await RunAsync(delete, cancellationToken).ConfigureAwait(false);
            return delete.RecordsAffected > 0;
        }
        finally
        {
            announcer?.Add([id]);
        }
    }

    /// <summary>Deletes nothing, and sends no notification.</summary>
    public async Task<int> ProbeAsync(CancellationToken cancellationToken)
    {
        var command = source.CreateCommand(_delete);
        await using var disposing = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Empty });
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// One memory for an id, the later of two, in the order of the ids: two batches with the same ids then wait for each other instead
    /// of blocking each other.
    /// </summary>
    public static IReadOnlyList<MemoryEntry> Order(IReadOnlyList<MemoryEntry> batch)
    {
        var ordered = true;
        for (var i = 1; i < batch.Count && ordered; i++) ordered = batch[i - 1].Id.CompareTo(batch[i].Id) < 0;
        if (ordered) return batch;

        var latest = new SortedDictionary<Guid, MemoryEntry>();
        foreach (var entry in batch) latest[entry.Id] = entry;
        return [.. latest.Values];
    }

    /// <returns><see langword="false"/> when one of them is there already; then none is stored.</returns>
    private async Task<bool> TryInsertAsync(IReadOnlyList<MemoryEntry> entries, NpgsqlParameter[] parameters,
        CancellationToken cancellationToken)
    {
        var insert = With(_insert, parameters);
        insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = entries[0].Id });
        insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = entries[^1].Id });
        try
        {
            await RunAsync(insert, cancellationToken).ConfigureAwait(false);
            return insert.RecordsAffected > 0;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another process stored one of them at the same time.
            return false;
        }
        finally
        {
            insert.Parameters.Clear();
        }
    }

    private static NpgsqlBatchCommand With(string sql, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    // The commands of a batch are one transaction, that ends with the last of them.
    private async Task RunAsync(NpgsqlBatchCommand write, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var batch = new NpgsqlBatch(connection);
        await using var disposing = batch.ConfigureAwait(false);
        if (forceSync) batch.BatchCommands.Add(new NpgsqlBatchCommand(Synchronous));
        batch.BatchCommands.Add(write);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
