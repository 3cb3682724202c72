namespace MemoryTriggers.Sqlite;

/// <summary>What a side database is.</summary>
/// <param name="Name">What it holds, for the report, such as <c>the held records</c>.</param>
/// <param name="Consequence">What follows for what cannot be saved when it is damaged.</param>
/// <param name="Id">The application id in its header, by which one is distinguished from another.</param>
/// <param name="Sql">Makes the tables that are not there.</param>
/// <param name="Tables">What is saved of a damaged one.</param>
internal sealed record SideSchema(string Name, string Consequence, int Id, string Sql, params IReadOnlyList<SideTable> Tables)
{
    /// <summary>
    /// Written with a log, so that readers do not wait; otherwise with a rollback journal, which needs no shared memory.
    /// </summary>
    public bool HasLog { get; init; } = true;

    /// <summary>Whether what is committed is forced to disk.</summary>
    public bool IsDurable { get; init; } = true;
}

/// <summary>A table of a side database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">The columns that are saved.</param>
/// <param name="Key">The column by which its rows are walked.</param>
internal sealed record SideTable(string Name, string Columns, string Key = "rowid");
