using Npgsql;

namespace MemoryTriggers.Postgres.Columns;

/// <summary>A column, the type of the array that its values travel in, and how to fill that.</summary>
internal sealed record EntryColumn(string Name, string ArrayType, Func<IReadOnlyList<MemoryEntry>, NpgsqlParameter> Parameter)
{
    /// <summary>Makes the column's value of what travelled; empty when it is the value already.</summary>
    public string Cast { get; init; } = "";
}
