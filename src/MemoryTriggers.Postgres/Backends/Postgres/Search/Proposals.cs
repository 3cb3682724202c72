using MemoryTriggers.Backends.Postgres.Reading;
using MemoryTriggers.Recall;
using Npgsql;

namespace MemoryTriggers.Backends.Postgres.Search;

/// <summary>The statements that propose candidates for one search.</summary>
internal sealed class Proposals(SchemaNames names, MemoryQuery query)
{
    private const int MinPool = 200;

    // Typos are looked for among the newest memories, and not far into a long text: no index leads to them but that of the keys.
    private const int TypoMemories = 2_000;
    private const int TypoLetters = 1_000;
    private const double TypoSimilarity = 0.4;

    public int PoolSize => Math.Max(MinPool, 2 * (query.Offset + query.Limit));

    /// <summary>What matches the query at all, up to a number.</summary>
    public NpgsqlBatchCommand Filtered(int limit)
    {
        var statement = new Statement();
        return statement.Command(
            $"SELECT {CandidatePool.Columns} FROM {names.MemoryTable} m WHERE {QueryFilter.Write(query, statement)} LIMIT {statement.Value(limit)}");
    }

    /// <summary>How many match the query, up to a number.</summary>
    public NpgsqlBatchCommand CountFiltered(int limit)
    {
        var statement = new Statement();
        return statement.Command(
            $"SELECT count(*) FROM (SELECT 1 FROM {names.MemoryTable} m WHERE {QueryFilter.Write(query, statement)} LIMIT {statement.Value(limit)}) f");
    }

    /// <summary>How many memories have a term, up to a number; whatever their project, since that is what makes a word rare.</summary>
    public NpgsqlBatchCommand Frequency(QuestionTerm term, int limit)
    {
        var statement = new Statement();
        return statement.Command(
            $"SELECT count(*) FROM (SELECT 1 FROM {names.MemoryTable} m WHERE {Has(statement, term)} LIMIT {statement.Value(limit)}) f");
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

    /// <summary>What has any of some terms: first what has the most of them, as the ranker will see it.</summary>
    public NpgsqlBatchCommand AnyOf(IReadOnlyList<QuestionTerm> terms)
    {
        var statement = new Statement();
        var weights = terms.Select(term => $"CASE WHEN {Has(statement, term)} THEN {statement.Value(term.Weight)} ELSE 0 END");
        var order = $"({string.Join(" + ", weights)}) DESC, ts_rank(m.words, {Question(statement, terms, " | ")}) DESC, ";
        return Matching(statement, terms, " | ", terms.Count > 1 ? order : order[(order.IndexOf("ts_rank", StringComparison.Ordinal))..]);
    }

    /// <summary>The newest that have all of some terms.</summary>
    public NpgsqlBatchCommand NewestWithAll(IReadOnlyList<QuestionTerm> terms) => Matching(new Statement(), terms, " & ", "");

    /// <summary>The newest that have any of some terms.</summary>
    public NpgsqlBatchCommand NewestWithAny(IReadOnlyList<QuestionTerm> terms) => Matching(new Statement(), terms, " | ", "");

    /// <summary>
    /// A script without spaces is one long word to the index, so that a part of it is found only by looking at the text. The run has
    /// letters and digits only, nothing that LIKE takes for a pattern.
    /// </summary>
    public NpgsqlBatchCommand Containing(QuestionTerm term)
    {
        var statement = new Statement();
        var pattern = statement.Value($"%{term.Words[0]}%");
        return statement.Command($"""
            SELECT {CandidatePool.Columns} FROM {names.MemoryTable} m
            WHERE (m.content ILIKE {pattern} OR m.key ILIKE {pattern} OR array_to_string(m.tags, ' ') ILIKE {pattern})
                AND {QueryFilter.Write(query, statement)}
            ORDER BY m.created_at DESC, m.id DESC LIMIT {statement.Value(PoolSize)}
            """);
    }

    /// <summary>What has a word like this one, in its key or, among the newest, in its content.</summary>
    public IReadOnlyList<NpgsqlBatchCommand> Like(QuestionTerm term, string trigrams) => [SimilarKeys(term, trigrams), SimilarContents(term, trigrams)];

    private NpgsqlBatchCommand SimilarKeys(QuestionTerm term, string trigrams)
    {
        var statement = new Statement();
        return statement.Command($"""
            SELECT {CandidatePool.Columns} FROM {names.MemoryTable} m
            WHERE {statement.Value(term.Words[0])} OPERATOR({trigrams}.<%) m.key AND {QueryFilter.Write(query, statement)}
            ORDER BY m.created_at DESC LIMIT {statement.Value(PoolSize)}
            """);
    }

    private NpgsqlBatchCommand SimilarContents(QuestionTerm term, string trigrams)
    {
        var statement = new Statement();
        var similarity = $"{trigrams}.word_similarity({statement.Value(term.Words[0])}, left(m.content, {TypoLetters}))";
        return statement.Command($"""
            SELECT {CandidatePool.Columns} FROM (
                SELECT * FROM {names.MemoryTable} m WHERE {QueryFilter.Write(query, statement)}
                ORDER BY m.created_at DESC LIMIT {TypoMemories}) m
            WHERE {similarity} >= {statement.Value(TypoSimilarity)} ORDER BY {similarity} DESC, m.created_at DESC LIMIT {statement.Value(PoolSize)}
            """);
    }

    private NpgsqlBatchCommand Matching(Statement statement, IReadOnlyList<QuestionTerm> terms, string glue, string order) => statement.Command($"""
        SELECT {CandidatePool.Columns} FROM {names.MemoryTable} m
        WHERE m.words @@ {Question(statement, terms, glue)} AND {QueryFilter.Write(query, statement)}
        ORDER BY {order}m.created_at DESC, m.id DESC LIMIT {statement.Value(PoolSize)}
        """);

    private static string Has(Statement statement, QuestionTerm term) => $"m.words @@ {statement.Value(SearchVector.Query(term))}::tsquery";

    private static string Question(Statement statement, IReadOnlyList<QuestionTerm> terms, string glue) =>
        $"{statement.Value(string.Join(glue, terms.Select(static term => $"({SearchVector.Query(term)})")))}::tsquery";
}
