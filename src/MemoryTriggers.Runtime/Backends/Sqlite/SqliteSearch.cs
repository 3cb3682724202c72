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
    private const int NarrowFilter = 500;
    private const string Columns = "m.seq, m.created_at, m.content, m.key, m.tags";
    private readonly QueryFilter _filter = new(query, firstParameter: 3);
    private readonly Dictionary<long, SearchCandidate<long>> _pool = [];
    private int PoolSize => Math.Max(MinPool, 2 * (query.Offset + query.Limit));

    public List<MemoryHit> Run()
    {
        long total;
        long[] frequencies;
        if (_filter.IsIndexed && IsNarrow())
        {
            Collect(Bind($"SELECT {Columns} FROM memory m WHERE ?1 IS NOT NULL{_filter.Sql} LIMIT ?2", "", NarrowFilter));
            total = _pool.Count;
            frequencies = [.. terms.Select(term => _pool.Values.LongCount(candidate => candidate.Text.Has(term)))];
        }
        else
        {
            total = Scalar("SELECT coalesce(max(seq), 0) FROM memory");
            frequencies = [.. terms.Select(Frequency)];
            ProposeByIndex(frequencies);
        }

        var ranked = MemoryRanker.Rank(terms, frequencies, total, _pool.Values);
        return [.. ranked.Skip(query.Offset).Take(query.Limit).Select(Fetch)];
    }

    private void ProposeByIndex(long[] frequencies)
    {
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
    }

    // Following a narrow filter and ranking all of it is exact, and cheaper than walking a common word through all projects.
    private bool IsNarrow()
    {
        var count = Bind(
            $"SELECT count(*) FROM (SELECT 1 FROM memory m WHERE ?1 IS NOT NULL{_filter.Sql} LIMIT ?2)", "", NarrowFilter + 1);
        return First(count) <= NarrowFilter;
    }

    private QuestionTerm[] Select(Func<int, bool> which) => [.. terms.Where((_, i) => which(i))];

    private long Frequency(QuestionTerm term)
    {
        if (term.IsSubstring) return 1;

        var count = session.Prepare("SELECT count(*) FROM (SELECT 1 FROM memory_text WHERE memory_text MATCH ?1 LIMIT ?2)");
        return First(count.Bind(1, Quote(term)).Bind(2, CommonWord + 1L));
    }

    // CROSS JOIN keeps the order of the tables: the index proposes, the row is looked up by its number.
    private void Propose(string expression, string order) => Collect(Bind(
        $"""
        SELECT {Columns} FROM memory_text f CROSS JOIN memory m ON m.seq = f.rowid
        WHERE memory_text MATCH ?1{_filter.Sql} ORDER BY {order} LIMIT ?2
        """,
        expression,
        PoolSize));

    // A script without spaces is one long token to the index, so that a part of it is found only by looking at the text.
    // The run has letters and digits only, nothing that LIKE takes for a pattern.
    private void ProposeSubstring(string run) => Collect(Bind(
        $"""
        SELECT {Columns} FROM memory m WHERE (m.content LIKE ?1 OR m.key LIKE ?1 OR m.tags LIKE ?1){_filter.Sql}
        ORDER BY m.created_at DESC, m.id DESC LIMIT ?2
        """,
        $"%{run}%",
        PoolSize));

    private SqliteStatement Bind(string sql, string text, long limit)
    {
        var statement = session.Prepare(sql).Bind(1, text).Bind(2, limit);
        _filter.Bind(statement);
        return statement;
    }

    private long Scalar(string sql) => First(session.Prepare(sql));

    private static long First(SqliteStatement statement)
    {
        try
        {
            statement.Step();
            return statement.Int64(0);
        }
        finally
        {
            statement.Reset();
        }
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
