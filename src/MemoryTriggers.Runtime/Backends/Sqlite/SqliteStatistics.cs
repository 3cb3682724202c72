using MemoryTriggers.Sqlite;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>The report on what matches, counted by the database.</summary>
internal static class SqliteStatistics
{
    private const string Totals =
        "count(*), coalesce(sum(m.occurrences), 0), count(m.superseded_by), min(m.created_at), max(m.created_at), "
        + "coalesce(sum(length(CAST(m.content AS BLOB)) + length(CAST(m.key AS BLOB)) + length(CAST(m.value AS BLOB))), 0)";

    public static MemoryStatistics Read(SqliteSession session, MemoryQuery query)
    {
        var filter = new QueryFilter(query);
        var statistics = new MemoryStatistics();
        Each(session, filter, Totals, "", row => statistics = new MemoryStatistics
        {
            Total = row.Int64(0),
            Occurrences = row.Int64(1),
            Superseded = row.Int64(2),
            Oldest = row.IsNull(3) ? null : new DateTimeOffset(row.Int64(3), TimeSpan.Zero),
            Newest = row.IsNull(4) ? null : new DateTimeOffset(row.Int64(4), TimeSpan.Zero),
            Bytes = row.Int64(5),
        });
        return statistics with
        {
            ByCategory = Count(session, filter, "m.category", static row => row.Text(0)),
            ByProject = Count(session, filter, "m.project", static row => row.Text(0)),
            ByOutcome = Count(session, filter, "m.outcome", static row =>
                TriggerNames.TryParseOutcome(row.Text(0), out var outcome) ? outcome : TriggerOutcome.Success),
            ByDay = Count(session, filter, $"m.created_at / {TimeSpan.TicksPerDay}", static row =>
                DateOnly.FromDayNumber((int)row.Int64(0))),
        };
    }

    private static Dictionary<T, long> Count<T>(SqliteSession session, QueryFilter filter, string group, Func<SqliteStatement, T> name)
        where T : notnull
    {
        var counts = new Dictionary<T, long>();
        Each(session, filter, $"{group}, count(*)", " GROUP BY 1", row => counts[name(row)] = row.Int64(1));
        return counts;
    }

    private static void Each(SqliteSession session, QueryFilter filter, string columns, string group, Action<SqliteStatement> read)
    {
        var rows = session.Prepare($"SELECT {columns} FROM memory m WHERE 1{filter.Sql}{group}");
        filter.Bind(rows);
        try
        {
            while (rows.Step()) read(rows);
        }
        finally
        {
            rows.Reset();
        }
    }
}
