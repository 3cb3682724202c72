using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemoryTriggers.Sqlite;

/// <summary>Saves the rows of a side database that can be read: up to a bad page, and backwards from the end to it.</summary>
internal static class SideSalvage
{
    /// <param name="damaged">The file that was set aside.</param>
    /// <param name="schema">What it was.</param>
    /// <param name="target">The new one.</param>
    /// <returns>How many rows were saved.</returns>
    public static long Copy(string damaged, SideSchema schema, SqliteSession target)
    {
        if (!File.Exists(damaged)) return 0;
        try
        {
            using var source = SqliteSession.Open(damaged, SqliteOpenMode.ReadWrite, cacheKilobytes: 1024, isDamaged: true);
            return Copy(source, schema, target);
        }
        catch (SqliteException)
        {
            // No database at all: nothing can be saved, and the caller tells that.
            return 0;
        }
    }

    /// <inheritdoc cref="Copy(string, SideSchema, SqliteSession)"/>
    public static long Copy(SqliteSession source, SideSchema schema, SqliteSession target)
    {
        var saved = 0L;
        foreach (var table in schema.Tables) saved += Copy(source, table, target);
        return saved;
    }

    private static long Copy(SqliteSession source, SideTable table, SqliteSession target)
    {
        var parameters = string.Join(", ", table.Columns.Split(',').Select(static (_, place) => $"?{place + 1}"));
        var insert = $"INSERT OR IGNORE INTO {table.Name} ({table.Columns}) VALUES ({parameters})";
        var saved = 0L;
        target.Execute("BEGIN IMMEDIATE");
        foreach (var row in Rows(source, table)) saved += Insert(target, insert, row);
        target.Execute("COMMIT");
        return saved;
    }

    private static long Insert(SqliteSession target, string insert, object[] row)
    {
        using var command = target.Connection.CreateCommand();
        command.CommandText = insert;
        for (var place = 0; place < row.Length; place++) command.Parameters.AddWithValue($"?{place + 1}", row[place]);
        try
        {
            return command.ExecuteNonQuery();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_CONSTRAINT)
        {
            // A row whose page can be read and whose content is not what was written.
            return 0;
        }
    }

    private static IEnumerable<object[]> Rows(SqliteSession source, SideTable table)
    {
        object? last = null;
        foreach (var (key, row) in Walk(source, table, $"ORDER BY {table.Key}", last))
        {
            last = key;
            yield return row;
        }

        // What was read forwards is not read again.
        var behind = last is null ? "" : $"WHERE {table.Key} > ?1";
        foreach (var (_, row) in Walk(source, table, $"{behind} ORDER BY {table.Key} DESC", last)) yield return row;
    }

    private static IEnumerable<(object Key, object[] Row)> Walk(SqliteSession source, SideTable table, string order, object? after)
    {
        using var command = source.Connection.CreateCommand();
        command.CommandText = $"SELECT {table.Key}, {table.Columns} FROM {table.Name} {order}";
        if (after is not null) command.Parameters.AddWithValue("?1", after);
        SqliteDataReader reader;
        try
        {
            reader = command.ExecuteReader();
        }
        catch (SqliteException)
        {
            // Not even its root can be read.
            yield break;
        }

        using (reader)
        {
            while (true)
            {
                object[] values;
                try
                {
                    if (!reader.Read()) yield break;
                    values = new object[reader.FieldCount];
                    reader.GetValues(values);
                }
                catch (SqliteException)
                {
                    // A bad page ends this direction.
                    yield break;
                }

                yield return (values[0], values[1..]);
            }
        }
    }
}
