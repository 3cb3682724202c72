using Npgsql;

namespace MemoryTriggers.Backends.Postgres.Reading;

/// <summary>A statement under construction: a value becomes a numbered parameter, never a part of the text.</summary>
internal sealed class Statement
{
    private readonly List<NpgsqlParameter> _values = [];

    public string Value<T>(T value)
    {
        _values.Add(new NpgsqlParameter<T> { TypedValue = value });
        return $"${_values.Count}";
    }

    public string Text(string text) => Value(PostgresText.Write(text));

    public NpgsqlBatchCommand Command(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in _values) command.Parameters.Add(value);
        return command;
    }
}
