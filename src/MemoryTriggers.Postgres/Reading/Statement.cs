using MemoryTriggers.Postgres.Connections;
using Npgsql;
using NpgsqlTypes;

namespace MemoryTriggers.Postgres.Reading;

/// <summary>A statement under construction: a value becomes a numbered parameter, never a part of the text.</summary>
internal sealed class Statement
{
    private readonly List<NpgsqlParameter> _values = [];

    public string Value<T>(T value)
    {
        _values.Add(new NpgsqlParameter<T> { TypedValue = value });
        return $"${_values.Count}";
    }

    /// <summary>
    /// A search for words. It is sent without a type, so that the server reads it once as what it is: a text that is cast in the statement
    /// is read again for each row as soon as the plan is kept.
    /// </summary>
    public string Words(string lexemes)
    {
        _values.Add(new NpgsqlParameter { Value = lexemes, NpgsqlDbType = NpgsqlDbType.Unknown });
        return $"${_values.Count}::tsquery";
    }

    public string Text(string text) => Value(PostgresText.Write(text));

    public NpgsqlBatchCommand Command(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in _values) command.Parameters.Add(value);
        return command;
    }
}
