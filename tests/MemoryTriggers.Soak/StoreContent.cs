using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Soak;

/// <summary>Reads the database with plain SQL, so that the library does not judge itself.</summary>
internal sealed class StoreContent(string folder)
{
    /// <summary>The number of every memory, in any order; -1 for one that carries none.</summary>
    public List<int> Numbers()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT coalesce(json_extract(value, '$.arguments.number'), json_extract(value, '$.metadata.number'), -1) FROM memory";
        using var reader = command.ExecuteReader();
        var numbers = new List<int>();
        while (reader.Read()) numbers.Add(reader.GetInt32(0));
        return numbers;
    }

    /// <summary>What is wrong with the file, and with what the triggers say of themselves.</summary>
    public IEnumerable<string> Problems()
    {
        using var connection = Open();
        if (Text(connection, "PRAGMA integrity_check") is not "ok" and var damage) yield return $"the database is damaged: {damage}";
        var work = typeof(Work).FullName;
        var foreign = Text(
            connection,
            $"SELECT group_concat(DISTINCT key) FROM memory WHERE key NOT IN ('{work}.Add', '{work}.AddLaterAsync', '{work}.Fail', 'scope')");
        if (foreign.Length > 0) yield return $"memories of unknown triggers: {foreign}";
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "memory.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    private static string Text(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string ?? "";
    }
}
