using MemoryTriggers.Postgres.Columns;
using MemoryTriggers.Postgres.Connections;
using Npgsql;

namespace MemoryTriggers.Postgres.Reading;

/// <summary>Everything that reads, but for full-text search.</summary>
internal sealed class EntryReads(NpgsqlDataSource source, SchemaNames names)
{
    // Compiling a plan, or starting helpers for it, takes longer than a search may.
    private const string Plainly = "SELECT set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)";

    public async Task<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var statement = new Statement();
        var sql = $"SELECT {EntryColumns.Select} FROM {names.MemoryTable} m WHERE m.id = {statement.Value(id)}";
        return (await ListAsync(statement.Command(sql), EntryReader.Read, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
    }

    public async Task<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        var statement = new Statement();
        var sql = $"""
            SELECT {EntryColumns.Select} FROM {names.MemoryTable} m WHERE {QueryFilter.Write(query, statement)}
            ORDER BY m.created_at DESC, m.id DESC LIMIT {statement.Value(query.Limit)} OFFSET {statement.Value(query.Offset)}
            """;
        return await ListAsync(statement.Command(sql), EntryReader.Read, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var statement = new Statement();
        var sql = $"SELECT {EntryColumns.Select} FROM {names.MemoryTable} m WHERE m.id = ANY ({statement.Value(ids.ToArray())})";
        var found = (await ListAsync(statement.Command(sql), EntryReader.Read, cancellationToken).ConfigureAwait(false))
            .ToDictionary(static entry => entry.Id);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    public async Task<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        var statement = new Statement();
        var sql = $"SELECT count(*) FROM {names.MemoryTable} m WHERE {QueryFilter.Write(query, statement)}";
        return (await ListAsync(statement.Command(sql), static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>The rows of one command.</summary>
    public async Task<List<T>> ListAsync<T>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await ReadAsync([command], row => rows.Add(read(row)), cancellationToken).ConfigureAwait(false);
        return rows;
    }

    /// <summary>Reads the rows of several commands, in one round trip.</summary>
    public Task ReadAsync(IEnumerable<NpgsqlBatchCommand> commands, Action<NpgsqlDataReader> read, CancellationToken cancellationToken) =>
        ReadAsync(commands, read, isSearch: false, cancellationToken);

    /// <summary>The same for a search, whose estimated cost is far above the real one.</summary>
    public Task SearchAsync(IEnumerable<NpgsqlBatchCommand> commands, Action<NpgsqlDataReader> read, CancellationToken cancellationToken) =>
        ReadAsync(commands.Prepend(new NpgsqlBatchCommand(Plainly)), read, isSearch: true, cancellationToken);

    private async Task ReadAsync(IEnumerable<NpgsqlBatchCommand> commands, Action<NpgsqlDataReader> read, bool isSearch,
        CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var batch = new NpgsqlBatch(connection);
        await using var disposing = batch.ConfigureAwait(false);
        foreach (var command in commands) batch.BatchCommands.Add(command);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var reading = reader.ConfigureAwait(false);
        if (isSearch) await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        do
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) read(reader);
        }
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
    }
}
