using System.Globalization;
using MemoryTriggers.Backends.Sqlite;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Benchmarks.Backends;

/// <summary>A lean loop of Microsoft.Data.Sqlite: two prepared commands, one transaction a batch, into the tables, indexes and triggers of the backend.</summary>
internal sealed class BareSqlite : IDisposable
{
    private static readonly string[] Columns =
    [
        "id", "project", "category", "key", "content", "value", "tags", "entity_type", "entity_id", "source", "trigger_type", "priority", "outcome", "duration",
        "created_at", "updated_at", "trace_id", "module", "task_id",
    ];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _tag;

    public BareSqlite(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=FULL");
        Execute("PRAGMA wal_autocheckpoint=4000");
        Execute("PRAGMA cache_size=-16384");
        _insert = Command($"INSERT INTO memory ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(static name => "$" + name))}); SELECT last_insert_rowid()", Columns);
        _tag = Command("INSERT INTO memory_tag (tag, entry) VALUES ($tag, $entry)", ["tag", "entry"]);
    }

    public void Write(IReadOnlyList<MemoryEntry> batch)
    {
        using var transaction = _connection.BeginTransaction();
        (_insert.Transaction, _tag.Transaction) = (transaction, transaction);
        foreach (var entry in batch)
        {
            object[] values =
            [
                entry.Id.ToByteArray(bigEndian: true), entry.Project, entry.Category, entry.Key, entry.Content, entry.Value.GetRawText(), TagList.Write(entry.Tags), entry.EntityType!,
                entry.EntityId!, entry.Source, entry.TriggerType!.Value.Name(), entry.Priority.Name(), entry.Outcome.Name(), entry.Duration.Ticks, entry.CreatedAt.UtcTicks,
                entry.UpdatedAt.UtcTicks, entry.TraceId!, entry.Provenance.Module, entry.Provenance.TaskId,
            ];
            for (var column = 0; column < values.Length; column++) _insert.Parameters[column].Value = values[column];
            var row = Convert.ToInt64(_insert.ExecuteScalar(), CultureInfo.InvariantCulture);
            foreach (var tag in entry.Tags)
            {
                (_tag.Parameters[0].Value, _tag.Parameters[1].Value) = (tag, row);
                _tag.ExecuteNonQuery();
            }
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _tag.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string sql, string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter("$" + name, null));
        command.Prepare();
        return command;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
