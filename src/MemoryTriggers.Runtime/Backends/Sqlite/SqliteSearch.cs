using System.Text;
using MemoryTriggers.Ranking;
using MemoryTriggers.Ranking.Conversations;
using MemoryTriggers.Sqlite;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>
/// Full-text search in two steps: the index proposes candidates, the ranker orders them. Only telling words are looked up in
/// full; a word that is in thousands of memories would cost a walk over all of them and tells little, so that it counts
/// for the order, and proposes only the newest.
/// </summary>
internal sealed class SqliteSearch
{
    private const int CommonWord = 2_000;
    private const int CommonGuess = 200;
    private const int MinPool = 200;
    private const int NarrowFilter = 500;
    private const int ConversationHits = 40;
    private const int NewestLooked = 20;
    private const int Gram = 3;
    private const string LastCharacter = "\U0010ffff";
    private const string Columns =
        "m.seq, m.created_at, m.quality_score, m.outcome, m.content, m.key, m.tags, " +
        "m.trigger_type, m.session_id, m.entity_type, m.entity_id, m.trace_id";
    private static readonly (string Side, string Order)[] Sides = [("<", "DESC"), (">", "ASC")];
    private readonly SqliteSession _session;
    private readonly MemoryQuery _query;
    private readonly MemoryRanking _ranking;
    private readonly QueryFilter _filter;
    private readonly Dictionary<long, SearchCandidate<long>> _pool = [];
    private readonly ParsedQuery _parsed;
    private IReadOnlyList<QuestionTerm> _terms;

    public SqliteSearch(SqliteSession session, MemoryQuery query, ParsedQuery parsed, MemoryRanking ranking)
    {
        (_session, _query, _parsed, _terms, _ranking) = (session, query, parsed, parsed.Terms, ranking);
        _filter = new QueryFilter(query, firstParameter: 3);
    }

    private int PoolSize => Math.Max(MinPool, 2 * (_query.Offset + _query.Limit));

    public List<MemoryHit> Run() => [.. Rank().Select(Fetch)];

    public List<CompactHit> RunCompact() => [.. Rank().Select(FetchCompact)];

    private List<RankedCandidate<long>> Rank()
    {
        if (_filter.IsIndexed && IsNarrow())
        {
            var sql = $"SELECT {Columns} FROM memory m WHERE ?1 IS NOT NULL{_filter.Sql} ORDER BY m.created_at, m.seq LIMIT ?2";
            Collect(Bind(sql, "", NarrowFilter));
            return CandidateRanking.RankAll(_ranking, _parsed, _pool.Values, _query);
        }

        var total = Scalar("SELECT coalesce(max(seq), 0) FROM memory");
        List<long> frequencies = [.. _terms.Select(Frequency)];
        if (_ranking.Typos) AddReadings(frequencies);
        ProposeByIndex(frequencies);
        return (_pool.Count > 0 ? ConversationTerms.Fit(_pool.Values) : AreNewestConversation())
            ? RankConversation(frequencies, total)
            : new MemoryRanker(_ranking, _terms).Rank(frequencies, total, _pool.Values, _query);
    }

    // Lines of conversations are looked for in more words, if the settings say so, and together with the lines beside them.
    private List<RankedCandidate<long>> RankConversation(List<long> frequencies, long total)
    {
        var terms = ConversationTerms.Of(_terms, _ranking);
        if (terms != _terms)
        {
            _terms = terms;
            frequencies = [.. terms.Select(Frequency)];
            ProposeByIndex(frequencies);
        }

        var ranker = new MemoryRanker(_ranking, _terms, _parsed.Conversation);
        var best = ranker.Rank(frequencies, total, _pool.Values, new MemoryQuery { Limit = ConversationHits })
            .ConvertAll(static ranked => ranked.Candidate);
        foreach (var turn in best) CollectBeside(turn);
        return ranker.Rank(frequencies, total, ConversationPositions.InConversations(_pool.Values, best), _query);
    }

    private void CollectBeside(SearchCandidate<long> turn)
    {
        if (turn.Conversation is not { } conversation)
        {
            Collect(Bind(
                $"SELECT {Columns} FROM memory m WHERE m.seq BETWEEN ?1 AND ?2{_filter.Sql}",
                turn.Handle - ConversationContext.Reach,
                turn.Handle + ConversationContext.Reach));
            return;
        }

        var of = _filter.NextParameter;
        var (index, isSame) = conversation.Kind switch
        {
            ConversationKeyKind.Session => ("memory_session", $"m.session_id = ?{of}"),
            ConversationKeyKind.Entity =>
                ("memory_entity", $"coalesce(m.session_id, '') = '' AND m.entity_id = ?{of} AND m.entity_type IS ?{of + 1}"),
            _ => ("memory_trace", $"coalesce(m.session_id, '') = '' AND coalesce(m.entity_id, '') = '' AND m.trace_id = ?{of}"),
        };
        foreach (var (side, order) in Sides)
        {
            // By the index of its key: that of times would lead through everything else.
            var statement = Bind(
                $"""
                SELECT {Columns} FROM memory m INDEXED BY {index}
                WHERE (m.created_at, m.seq) {side} (?1, ?2){_filter.Sql} AND {isSame}
                ORDER BY m.created_at {order}, m.seq {order} LIMIT {ConversationContext.Reach}
                """,
                turn.CreatedAt,
                turn.Handle).Bind(of, conversation.Id);
            Collect(conversation.Kind == ConversationKeyKind.Entity ? statement.Bind(of + 1, conversation.Type) : statement);
        }
    }

    // No word of the question is in any memory: a conversation may have other words for it.
    private bool AreNewestConversation()
    {
        if (_ranking.EverydayWords is null) return false;
        Collect(Bind($"SELECT {Columns} FROM memory m WHERE ?1 IS NOT NULL{_filter.Sql} ORDER BY m.seq DESC LIMIT ?2", "", NewestLooked));
        var areConversation = ConversationTerms.Fit(_pool.Values);
        _pool.Clear();
        return areConversation;
    }

    // An unknown word is read as the nearest known ones.
    private void AddReadings(List<long> frequencies)
    {
        foreach (var suspect in Spelling.Suspects(_terms, frequencies).ToList())
        {
            foreach (var reading in Spelling.Readings(suspect, WordsLike(suspect)))
            {
                _terms = [.. _terms, reading];
                frequencies.Add(Frequency(reading));
            }
        }
    }

    // Reading a word of the index takes the longer the more memories have it: only those with the same beginning are read.
    private List<string> WordsLike(QuestionTerm term) =>
        Terms("SELECT term FROM temp.memory_word WHERE term > ?1 AND term < ?2", Spelling.Beginning(term));

    private void ProposeByIndex(List<long> frequencies)
    {
        var rare = Select(
            i => !_terms[i].IsSubstring && frequencies[i] > 0 && frequencies[i] <= (_terms[i].IsGuess ? CommonGuess : CommonWord));
        var common = Select(i => !_terms[i].IsSubstring && !_terms[i].IsGuess && frequencies[i] > CommonWord);

        if (rare.Length > 0) Propose(Expression(rare, " OR "), "f.rank");
        if (common.Length > 0)
        {
            // What has all words is always proposed; what has any of the common ones only when the rest is too little.
            QuestionTerm[] all = [.. rare.Where(static term => !term.IsGuess), .. common];
            if (all.Length > 1) Propose(Expression(all, " AND "), "f.rowid DESC");
            if (_pool.Count < _query.Offset + _query.Limit) Propose(Expression(common, " OR "), "f.rowid DESC");
        }

        foreach (var term in _terms.Where(static term => term.IsSubstring)) ProposePart(term);

        // A frequent guess counts for the order; it proposes only when what was really asked for is too little.
        var guesses = Select(i => _terms[i].IsGuess && frequencies[i] > CommonGuess);
        if (guesses.Length > 0 && _pool.Count < _query.Offset + _query.Limit) Propose(Expression(guesses, " OR "), "f.rowid DESC");
    }

    // Following a narrow filter and ranking all of it is exact, and cheaper than walking a common word through all projects.
    private bool IsNarrow()
    {
        var count = Bind(
            $"SELECT count(*) FROM (SELECT 1 FROM memory m WHERE ?1 IS NOT NULL{_filter.Sql} LIMIT ?2)", "", NarrowFilter + 1);
        return First(count) <= NarrowFilter;
    }

    private QuestionTerm[] Select(Func<int, bool> which) => [.. _terms.Where((_, i) => which(i))];

    private long Frequency(QuestionTerm term)
    {
        if (term.IsSubstring) return 1;

        var count = _session.Prepare("SELECT count(*) FROM (SELECT 1 FROM memory_text WHERE memory_text MATCH ?1 LIMIT ?2)");
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

    // A script without spaces is one long token to the index of words; the index of its parts has every three characters in a row. Latin
    // letters beside it may be a word of their own in other memories.
    private void ProposePart(QuestionTerm term)
    {
        var run = term.Words[0];
        if (Ascii.IsValid(run)) Propose(Quote(term), "f.rowid DESC");
        var grams = run.EnumerateRunes().Count() < Gram ? GramsOf(run) : [run];
        if (grams.Count == 0) return;
        Collect(Bind(
            $"""
            SELECT {Columns} FROM memory_part f CROSS JOIN memory m ON m.seq = f.rowid
            WHERE memory_part MATCH ?1{_filter.Sql} ORDER BY f.rowid DESC LIMIT ?2
            """,
            string.Join(" OR ", grams.Select(static gram => $"\"{gram.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")),
            PoolSize));
    }

    // What is shorter than a part is the beginning of some.
    private List<string> GramsOf(string run) => Terms("SELECT term FROM temp.memory_gram WHERE term > ?1 AND term < ?2 LIMIT 200", run);

    private List<string> Terms(string sql, string beginning)
    {
        var terms = new List<string>();
        Read(_session.Prepare(sql).Bind(1, beginning).Bind(2, beginning + LastCharacter), row => terms.Add(row.Text(0)));
        return terms;
    }

    private SqliteStatement Bind(string sql, long first, long last)
    {
        var statement = _session.Prepare(sql).Bind(1, first).Bind(2, last);
        _filter.Bind(statement);
        return statement;
    }

    private SqliteStatement Bind(string sql, string text, long limit)
    {
        var statement = _session.Prepare(sql).Bind(1, text).Bind(2, limit);
        _filter.Bind(statement);
        return statement;
    }

    private long Scalar(string sql) => First(_session.Prepare(sql));

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

    private void Collect(SqliteStatement statement) => Read(statement, row =>
    {
        var seq = row.Int64(0);
        if (_pool.ContainsKey(seq)) return;
        _pool.Add(seq, new SearchCandidate<long>(
            seq,
            row.Int64(1),
            row.IsNull(2) ? null : row.Double(2),
            TriggerNames.TryParseOutcome(row.Text(3), out var outcome) ? outcome : TriggerOutcome.Success,
            new SearchableText(row.Text(4), row.Text(5), row.Text(6), row.TextOrNull(7)))
        {
            Position = seq,
            Conversation = ConversationKey.Of(row.TextOrNull(8), row.TextOrNull(9), row.TextOrNull(10), row.TextOrNull(11)),
        });
    });

    private static void Read(SqliteStatement statement, Action<SqliteStatement> read)
    {
        try
        {
            while (statement.Step()) read(statement);
        }
        finally
        {
            statement.Reset();
        }
    }

    private MemoryHit Fetch(RankedCandidate<long> candidate)
    {
        var statement = _session.Prepare($"SELECT {EntryColumns.Select} FROM memory m WHERE m.seq = ?1");
        try
        {
            statement.Bind(1, candidate.Handle).Step();
            return candidate.ToHit(EntryColumns.Read(statement));
        }
        finally
        {
            statement.Reset();
        }
    }

    private CompactHit FetchCompact(RankedCandidate<long> candidate)
    {
        var statement = _session.Prepare("SELECT m.id, m.content FROM memory m WHERE m.seq = ?1");
        try
        {
            statement.Bind(1, candidate.Handle).Step();
            return candidate.ToCompact(statement.Guid(0), statement.Text(1));
        }
        finally
        {
            statement.Reset();
        }
    }

    private static string Expression(IEnumerable<QuestionTerm> parts, string glue) => string.Join(glue, parts.Select(Quote));

    private static string Quote(QuestionTerm term) => term.Variants.Count == 0
        ? Quote(term.Words)
        : $"({string.Join(" OR ", term.Variants.Select(static variant => variant.Words).Prepend(term.Words).Select(Quote))})";

    // Words are letters and digits by construction; the quotes keep AND, OR, NOT and NEAR from being operators.
    private static string Quote(IReadOnlyList<string> words) => $"\"{string.Join(' ', words)}\"";
}
