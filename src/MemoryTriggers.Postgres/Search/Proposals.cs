using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.Postgres.Reading;
using MemoryTriggers.Postgres.Words;
using MemoryTriggers.Ranking;
using MemoryTriggers.Ranking.Conversations;
using Npgsql;

namespace MemoryTriggers.Postgres.Search;

/// <summary>The statements that propose candidates for one search.</summary>
internal sealed class Proposals(SchemaNames names, MemoryQuery query)
{
    private const int MinPool = 200;
    private const int MinCommonPool = 50;
    private const int NearWords = 200;
    private const string LastCharacter = "\U0010ffff";

    private int PoolSize => Math.Max(MinPool, Wanted);

    // Each of these costs a walk past many that have not all of the words.
    private int CommonPoolSize => Math.Max(MinCommonPool, Wanted);

    private int Wanted => 2 * (query.Offset + query.Limit);

    /// <summary>The number of matches of the query, up to a limit.</summary>
    public NpgsqlBatchCommand Filtered(int limit)
    {
        var statement = new Statement();
        return statement.Command(
            $"SELECT {CandidatePool.Columns} FROM {names.MemoryTable} m WHERE {QueryFilter.Write(query, statement)} " +
            $"ORDER BY m.created_at, m.id LIMIT {statement.Value(limit)}");
    }

    /// <summary>The newest that match the query.</summary>
    public NpgsqlBatchCommand Newest(int limit)
    {
        var statement = new Statement();
        return statement.Command(
            $"SELECT {CandidatePool.Columns} FROM {names.MemoryTable} m WHERE {QueryFilter.Write(query, statement)} " +
            $"ORDER BY m.created_at DESC, m.id DESC LIMIT {statement.Value(limit)}");
    }

    /// <summary>
    /// The memories just before and after each of some, among what matches the query: in its conversation, or in the store when that has
    /// no key.
    /// </summary>
    public IEnumerable<NpgsqlBatchCommand> Beside(IEnumerable<SearchCandidate<Guid>> turns, int reach) =>
        turns.GroupBy(static turn => turn.Conversation?.Kind).Select(kind => Beside([.. kind], kind.Key, reach));

    // The index of its key leads to the lines of a conversation, which are sorted then: the index of times would lead through everything
    // else, and
    // OFFSET keeps it from being chosen.
    private NpgsqlBatchCommand Beside(SearchCandidate<Guid>[] turns, ConversationKeyKind? kind, int reach)
    {
        var statement = new Statement();
        var ids = statement.Value(turns.Select(static turn => turn.Handle).ToArray());
        var times = statement.Value(turns.Select(static turn => turn.CreatedAt).ToArray());
        var keys = statement.Value(turns.Select(static turn => turn.Conversation?.Id).ToArray());
        var types = statement.Value(turns.Select(static turn => turn.Conversation?.Type).ToArray());
        var filter = QueryFilter.Write(query, statement);
        var lines = kind switch
        {
            null => names.MemoryTable,
            ConversationKeyKind.Session => Lines("m.session_id = t.key"),
            ConversationKeyKind.Entity => Lines(
                "coalesce(m.session_id, '') = '' AND m.entity_id = t.key AND m.entity_type IS NOT DISTINCT FROM t.type"),
            _ => Lines("coalesce(m.session_id, '') = '' AND coalesce(m.entity_id, '') = '' AND m.trace_id = t.key"),
        };
        return statement.Command($"""
            SELECT {CandidatePool.Columns}
            FROM unnest({ids}::uuid[], {times}::bigint[], {keys}::text[], {types}::text[]) AS t (id, created_at, key, type), LATERAL (
                (SELECT * FROM {lines} m WHERE (m.created_at, m.id) < (t.created_at, t.id) AND {filter}
                 ORDER BY m.created_at DESC, m.id DESC LIMIT {reach})
                UNION ALL
                (SELECT * FROM {lines} m WHERE (m.created_at, m.id) > (t.created_at, t.id) AND {filter}
                 ORDER BY m.created_at, m.id LIMIT {reach})) m
            """);

        string Lines(string isOfConversation) => $"(SELECT * FROM {names.MemoryTable} m WHERE {isOfConversation} OFFSET 0)";
    }

    /// <summary>How many match the query, up to a number.</summary>
    public NpgsqlBatchCommand CountFiltered(int limit)
    {
        var statement = new Statement();
        return statement.Command(
            $"SELECT count(*) FROM (SELECT 1 FROM {names.MemoryTable} m WHERE {QueryFilter.Write(query, statement)} " +
            $"LIMIT {statement.Value(limit)}) f");
    }

    /// <summary>How many memories have a term, up to a number; whatever their project, since that is what makes a word rare.</summary>
    /// <param name="lexemes">The term, as <see cref="SearchVector.Query"/> writes it.</param>
    /// <param name="limit">The number.</param>
    public NpgsqlBatchCommand Frequency(string lexemes, int limit)
    {
        var statement = new Statement();
        return statement.Command(
            $"SELECT count(*) FROM (SELECT 1 FROM {names.MemoryTable} m WHERE m.words @@ {statement.Words(lexemes)} " +
            $"LIMIT {statement.Value(limit)}) f");
    }

    /// <summary>How many memories there are: exactly when they are few, otherwise as the statistics of the server have it.</summary>
    public NpgsqlBatchCommand Total(int exact)
    {
        var statement = new Statement();
        return statement.Command($"""
            SELECT greatest(
                (SELECT count(*) FROM (SELECT 1 FROM {names.MemoryTable} LIMIT {statement.Value(exact)}) f),
                (SELECT coalesce(sum(c.reltuples), 0)::bigint FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                 WHERE i.inhparent = '{names.MemoryTable}'::regclass))
            """);
    }

    /// <summary>What has any of some rare terms: first what has the most of them, as the ranker will see it.</summary>
    public NpgsqlBatchCommand AnyOf(IReadOnlyList<QuestionTerm> terms)
    {
        var statement = new Statement();
        var weights = terms.Select(term => $"CASE WHEN {Has(statement, term)} THEN {statement.Value(term.Weight)} ELSE 0 END");
        var order = $"({string.Join(" + ", weights)}) DESC, ts_rank(m.words, {Question(statement, terms, " | ")}) DESC, ";
        return Matching(statement, terms, " | ", order, PoolSize, isLedToByProject: false);
    }

    /// <summary>The newest that have one term. A part of a script without spaces is found inside of longer words, too.</summary>
    public NpgsqlBatchCommand NewestWith(QuestionTerm term) => Matching(new Statement(), [term], "", "", PoolSize);

    /// <summary>The newest that have all of some terms.</summary>
    public NpgsqlBatchCommand NewestWithAll(IReadOnlyList<QuestionTerm> terms) =>
        Matching(new Statement(), terms, " & ", "", CommonPoolSize);

    /// <summary>The newest that have any of some terms.</summary>
    public NpgsqlBatchCommand NewestWithAny(IReadOnlyList<QuestionTerm> terms) =>
        Matching(new Statement(), terms, " | ", "", CommonPoolSize);

    /// <summary>The known words that begin as a misspelled one does.</summary>
    public NpgsqlBatchCommand WordsLike(QuestionTerm term)
    {
        var statement = new Statement();
        var beginning = Spelling.Beginning(term);
        return statement.Command(
            $"SELECT word FROM {names.WordTable} " +
            $"WHERE word >= {statement.Value(beginning)} AND word < {statement.Value(beginning + LastCharacter)}");
    }

    /// <summary>The known words that are similar to a misspelled one, wherever the mistake is.</summary>
    public NpgsqlBatchCommand WordsNear(QuestionTerm term, string trigrams)
    {
        var statement = new Statement();
        var word = statement.Value(term.Stems[0]);
        return statement.Command($"""
            SELECT word FROM {names.WordTable} WHERE word OPERATOR({trigrams}.%) {word}
            ORDER BY {trigrams}.similarity(word, {word}) DESC, word LIMIT {NearWords}
            """);
    }

    private NpgsqlBatchCommand Matching(
        Statement statement, IReadOnlyList<QuestionTerm> terms, string glue, string order, int limit, bool isLedToByProject = true) =>
        statement.Command($"""
        SELECT {CandidatePool.Columns} FROM {names.MemoryTable} m
        WHERE m.words @@ {Question(statement, terms, glue)} AND {QueryFilter.Write(query, statement, isLedToByProject)}
        ORDER BY {order}m.created_at DESC, m.id DESC LIMIT {statement.Value(limit)}
        """);

    private static string Has(Statement statement, QuestionTerm term) => $"m.words @@ {statement.Words(SearchVector.Query(term))}";

    private static string Question(Statement statement, IReadOnlyList<QuestionTerm> terms, string glue) =>
        statement.Words(string.Join(glue, terms.Select(static term => $"({SearchVector.Query(term)})")));
}
