using System.Globalization;
using MemoryTriggers.Postgres.Connections;
using Npgsql;

namespace MemoryTriggers.Postgres.Reading;

/// <summary>The report on what matches, counted by the server in one round trip.</summary>
internal sealed class EntryStatistics(EntryReads reads, SchemaNames names, MemoryQuery query)
{
    private const string Totals =
        "SELECT 't', NULL, count(*), coalesce(sum(m.occurrences), 0)::bigint, count(m.superseded_by), min(m.created_at), " +
            "max(m.created_at), "
        + "coalesce(sum(octet_length(m.content) + octet_length(m.key) + octet_length(m.value)), 0)::bigint";

    private readonly Dictionary<string, long> _categories = [];
    private readonly Dictionary<string, long> _projects = [];
    private readonly Dictionary<TriggerOutcome, long> _outcomes = [];
    private readonly Dictionary<DateOnly, long> _days = [];
    private MemoryStatistics _totals = new();

    public async Task<MemoryStatistics> ReadAsync(CancellationToken cancellationToken)
    {
        NpgsqlBatchCommand[] commands =
        [
            Command(Totals, ""), Groups('c', "m.category"), Groups('p', "m.project"), Groups('o', "m.outcome"),
            Groups('d', $"(m.created_at / {TimeSpan.TicksPerDay})::text"),
        ];
        await reads.ReadAsync(commands, Add, cancellationToken).ConfigureAwait(false);
        return _totals with { ByCategory = _categories, ByProject = _projects, ByOutcome = _outcomes, ByDay = _days };
    }

    private NpgsqlBatchCommand Groups(char kind, string column) => Command($"SELECT '{kind}', {column}, count(*)", " GROUP BY 2");

    private NpgsqlBatchCommand Command(string select, string group)
    {
        var statement = new Statement();
        return statement.Command($"{select} FROM {names.MemoryTable} m WHERE {QueryFilter.Write(query, statement)}{group}");
    }

    private void Add(NpgsqlDataReader row)
    {
        var count = row.GetInt64(2);
        switch (row.GetString(0))
        {
            case "c": _categories[PostgresText.Read(row.GetString(1))] = count; break;
            case "p": _projects[PostgresText.Read(row.GetString(1))] = count; break;
            case "o": _outcomes[TriggerNames.TryParseOutcome(row.GetString(1), out var outcome)
                ? outcome
                : TriggerOutcome.Success] = count; break;
            case "d": _days[DateOnly.FromDayNumber(int.Parse(row.GetString(1), CultureInfo.InvariantCulture))] = count; break;
            default:
                _totals = new MemoryStatistics
                {
                    Total = count,
                    Occurrences = row.GetInt64(3),
                    Superseded = row.GetInt64(4),
                    Oldest = row.IsDBNull(5) ? null : new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero),
                    Newest = row.IsDBNull(6) ? null : new DateTimeOffset(row.GetInt64(6), TimeSpan.Zero),
                    Bytes = row.GetInt64(7),
                };
                break;
        }
    }
}
