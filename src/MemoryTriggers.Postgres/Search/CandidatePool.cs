using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.Ranking;
using MemoryTriggers.Ranking.Conversations;
using Npgsql;

namespace MemoryTriggers.Postgres.Search;

/// <summary>The memories that were proposed, each once, with their words.</summary>
internal sealed class CandidatePool
{
    /// <summary>The columns that a statement must select for <see cref="Add"/>.</summary>
    public const string Columns = "m.id, m.created_at, m.quality_score, m.outcome, m.content, m.key, m.tags, m.trigger_type, " +
        "m.session_id, m.entity_type, m.entity_id, m.trace_id";

    private readonly Dictionary<Guid, SearchCandidate<Guid>> _candidates = [];

    public int Count => _candidates.Count;

    public IReadOnlyCollection<SearchCandidate<Guid>> All => _candidates.Values;

    public void Add(NpgsqlDataReader row)
    {
        var id = row.GetGuid(0);
        if (_candidates.ContainsKey(id)) return;

        var (content, key) = (PostgresText.Read(row.GetString(4)), PostgresText.Read(row.GetString(5)));
        var tags = string.Join(" , ", row.GetFieldValue<string[]>(6).Select(PostgresText.Read));
        _candidates.Add(id, new SearchCandidate<Guid>(
            id,
            row.GetInt64(1),
            row.IsDBNull(2) ? null : row.GetDouble(2),
            TriggerNames.TryParseOutcome(row.GetString(3), out var outcome) ? outcome : TriggerOutcome.Success,
            new SearchableText(content, key, tags, TextOrNull(row, 7)))
        {
            Conversation = ConversationKey.Of(TextOrNull(row, 8), TextOrNull(row, 9), TextOrNull(row, 10), TextOrNull(row, 11)),
        });
    }

    // As it is stored: it is only compared.
    private static string? TextOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
