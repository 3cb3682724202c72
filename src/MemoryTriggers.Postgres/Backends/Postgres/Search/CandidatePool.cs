using MemoryTriggers.Recall;
using Npgsql;

namespace MemoryTriggers.Backends.Postgres.Search;

/// <summary>The memories that were proposed, each once, with their words.</summary>
internal sealed class CandidatePool
{
    /// <summary>What a statement must select for <see cref="Add"/>.</summary>
    public const string Columns = "m.id, m.created_at, m.content, m.key, m.tags";

    private readonly Dictionary<Guid, SearchCandidate<Guid>> _candidates = [];
    private readonly List<string> _texts = [];

    public int Count => _candidates.Count;

    public IReadOnlyCollection<SearchCandidate<Guid>> All => _candidates.Values;

    /// <summary>Their texts, not stemmed, for whoever looks for a word that is written otherwise.</summary>
    public IReadOnlyList<string> Texts => _texts;

    public long CountOf(QuestionTerm term) => _candidates.Values.LongCount(candidate => candidate.Text.Has(term));

    public void Add(NpgsqlDataReader row)
    {
        var id = row.GetGuid(0);
        if (_candidates.ContainsKey(id)) return;

        var (content, key) = (PostgresText.Read(row.GetString(2)), PostgresText.Read(row.GetString(3)));
        var tags = string.Join(" , ", row.GetFieldValue<string[]>(4).Select(PostgresText.Read));
        _texts.AddRange([content, key, tags]);
        _candidates.Add(id, new SearchCandidate<Guid>(id, row.GetInt64(1), new SearchableText(content, key, tags)));
    }
}
