using MemoryTriggers.Postgres.Columns;
using MemoryTriggers.Postgres.Connections;
using Npgsql;

namespace MemoryTriggers.Benchmarks.Backends;

/// <summary>
/// What a program would write by hand: one prepared insert of many rows into the same table. Its values are ready before the clock runs, the
/// stemmed words included.
/// </summary>
internal sealed class BareInsert(NpgsqlDataSource source, string schema)
{
    private readonly string _sql = EntryColumns.Insert(new SchemaNames(schema).MemoryTable);

    public static NpgsqlParameter[] Prepare(IReadOnlyList<MemoryEntry> batch) => EntryColumns.Parameters(batch);

    public async Task RunAsync(NpgsqlParameter[] values)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(_sql, connection);
        command.Parameters.AddRange(values);
        await command.ExecuteNonQueryAsync();
    }
}
