using MemoryTriggers.Recall;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>
/// Full-text search in two steps: the index proposes candidates, the ranker orders them. Only telling words are looked up in
/// full; a word that stands in thousands of memories would cost a walk over all of them and says little, so that it counts
/// for the order, and proposes only the newest.
/// </summary>
internal sealed class SqliteSearch(SqliteSession session, MemoryQuery query, IReadOnlyList<QuestionTerm> terms)
{
    private const int CommonWord = 2_000;
    private const int MinPool = 200;
    private readonly Dictionary<long, SearchCandidate<long>> _pool = [];
    private int PoolSize => Math.Max(MinPool, 2 * (query.Offset + query.Limit));

    public List<MemoryHit> Run()
    {
        var frequencies = terms.Select(Frequency).ToArray();
        var rare = Select(i => !terms[i].IsSubstring && frequencies[i] <= CommonWord);
        var common = Select(i => !terms[i].IsSubstring && frequencies[i] > CommonWord);

        if (rare.Length > 0) Propose(Expression(rare, " OR "), "f.rank");
        if (common.Length > 0)
        {
            // What has all words is always proposed; what has any of the common ones only when the rest is too little.
            if (rare.Length + common.Length > 1) Propose(Expression([.. rare, .. common], " AND "), "f.rowid DESC");
            if (_pool.Count < query.Offset + query.Limit) Propose(Expression(common, " OR "), "f.rowid DESC");
        }

        foreach (var term in terms.Where(term => term.IsSubstring)) ProposeSubstring(term.Words[0]);

        var ranked = MemoryRanker.Rank(terms, frequencies, Total(), _pool.Values);
        return [.. ranked.Skip(query.Offset).Take(query.Limit).Select(Fetch)];
    }

    private QuestionTerm[] Select(Func<int, bool> which) => [.. terms.Where((_, i) => which(i))];

    private long Total()
    {
        var statement = session.Prepare("SELECT coalesce(max(seq), 0) FROM memory");
        statement.Step();
        var total = statement.Int64(0);
        statement.Reset();
        return total;
    }

    private long Frequency(QuestionTerm term)
    {
        if (term.IsSubstring) return 1;

        var statement = session.Prepare(
            "SELECT count(*) FROM (SELECT 1 FROM memory_text WHERE memory_text MATCH ?1 LIMIT ?2)");
        statement.Bind(1, Quote(term)).Bind(2, CommonWord + 1L).Step();
        var count = statement.Int64(0);
        statement.Reset();
        return count;
    }

    private void Propose(string expression, string order)
    {
        var filter = new QueryFilter(query, firstParameter: 3);
        // CROSS JOIN keeps the order of the tables: the index proposes, the row is looked up by its number.
        var statement = session.Prepare(
            $"""
            SELECT m.seq, m.created_at, m.content, m.key, m.tags FROM memory_text f CROSS JOIN memory m ON m.seq = f.rowid
            WHERE memory_text MATCH ?1{filter.Sql} ORDER BY {order} LIMIT ?2
            """);
        statement.Bind(1, expression).Bind(2, (long)PoolSize);
        filter.Bind(statement);
        Collect(statement);
    }

    // A script without spaces is one long token to the index, so that a part of it is found only by looking at the text.
    private void ProposeSubstring(string run)
    {
        var filter = new QueryFilter(query, firstParameter: 3);
        var statement = session.Prepare(
            $"""
            SELECT m.seq, m.created_at, m.content, m.key, m.tags FROM memory m
            WHERE (instr(m.content, ?1) OR instr(m.key, ?1) OR instr(m.tags, ?1)){filter.Sql}
            ORDER BY m.created_at DESC, m.id DESC LIMIT ?2
            """);
        statement.Bind(1, run).Bind(2, (long)PoolSize);
        filter.Bind(statement);
        Collect(statement);
    }

    private void Collect(SqliteStatement statement)
    {
        try
        {
            while (statement.Step())
            {
                var seq = statement.Int64(0);
                if (!_pool.ContainsKey(seq))
                {
                    _pool.Add(seq, new SearchCandidate<long>(
                        seq, statement.Int64(1), new SearchableText(statement.Text(2), statement.Text(3), statement.Text(4))));
                }
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    private MemoryHit Fetch(RankedCandidate<long> candidate)
    {
        var statement = session.Prepare($"SELECT {EntryColumns.Select} FROM memory m WHERE m.seq = ?1");
        try
        {
            statement.Bind(1, candidate.Handle).Step();
            return new MemoryHit(EntryColumns.Read(statement), candidate.Score, candidate.MatchedWords);
        }
        finally
        {
            statement.Reset();
        }
    }

    private static string Expression(IEnumerable<QuestionTerm> parts, string glue) => string.Join(glue, parts.Select(Quote));

    // Words are letters and digits by construction; the quotes keep AND, OR, NOT and NEAR from being operators.
    private static string Quote(QuestionTerm term) => $"\"{string.Join(' ', term.Words)}\"";
}
