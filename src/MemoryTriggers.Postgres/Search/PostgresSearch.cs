using MemoryTriggers.Postgres.Columns;
using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.Postgres.Reading;
using MemoryTriggers.Postgres.Words;
using MemoryTriggers.Ranking;
using Npgsql;

namespace MemoryTriggers.Postgres.Search;

/// <summary>
/// Full-text search in two steps, as in SQLite: the index proposes candidates, the common ranker orders them. A word that is in thousands
/// of memories proposes only the newest. An unknown word is read as the nearest known one.
/// </summary>
/// <param name="reads">Reads the rows.</param>
/// <param name="names">Where they are.</param>
/// <param name="query">What to look at.</param>
/// <param name="parsed">What to look for.</param>
/// <param name="ranking">How to rank.</param>
/// <param name="common">The terms that are known to be frequent.</param>
/// <param name="trigrams">The schema of pg_trgm; <see langword="null"/> when the server does not have it.</param>
internal sealed class PostgresSearch(
    EntryReads reads, SchemaNames names, MemoryQuery query, ParsedQuery parsed, MemoryRanking ranking, CommonTerms common, string? trigrams)
{
    private const int CommonGuess = 200;
    private const int NarrowFilter = 500;
    private const int ConversationHits = 15;
    private const int NewestLooked = 20;

    // Each memory with any of the rare words is read and weighed by the server: the rarest are enough.
    private const int RareTogether = 4_000;

    private readonly Proposals _proposals = new(names, query);
    private readonly CandidatePool _pool = new();

    public async Task<IReadOnlyList<MemoryHit>> RunAsync(CancellationToken cancellationToken)
    {
        var ranked = await RankAsync(cancellationToken).ConfigureAwait(false);
        return ranked.Count == 0
            ? []
            : await FetchAsync(
                ranked,
                EntryColumns.Select,
                EntryReader.Read,
                static entry => entry.Id,
                static (hit, entry) => hit.ToHit(entry),
                cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<CompactHit>> RunCompactAsync(CancellationToken cancellationToken)
    {
        var ranked = await RankAsync(cancellationToken).ConfigureAwait(false);
        return ranked.Count == 0 ? [] : await FetchAsync(
            ranked, "m.id, m.content", static row => (Id: row.GetGuid(0), Content: PostgresText.Read(row.GetString(1))),
            static row => row.Id, static (hit, row) => hit.ToCompact(row.Id, row.Content), cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<RankedCandidate<Guid>>> RankAsync(CancellationToken cancellationToken)
    {
        var counts = new TermCounts(reads, _proposals, common);
        var project = QueryFilter.OnlyProject(query);
        var mayBeNarrow = QueryFilter.IsIndexed(query) && !(project is not null && common.IsLarge(project));
        var count = mayBeNarrow ? _proposals.CountFiltered(NarrowFilter + 1) : null;
        var matching = await counts.AddAsync(parsed.Terms, count, cancellationToken).ConfigureAwait(false);
        if (project is not null && matching > NarrowFilter) common.NoteLarge(project);

        // Following a narrow filter and ranking all of it is exact, and cheaper than walking a common word through all projects.
        if (matching <= NarrowFilter)
        {
            await reads.SearchAsync([_proposals.Filtered(NarrowFilter)], _pool.Add, cancellationToken).ConfigureAwait(false);
            return CandidateRanking.RankAll(ranking, parsed, _pool.All, query);
        }

        if (ranking.Typos) await AddReadingsAsync(counts, cancellationToken).ConfigureAwait(false);
        await ProposeByIndexAsync(counts, cancellationToken).ConfigureAwait(false);
        var isConversation = _pool.Count > 0
            ? ConversationTerms.Fit(_pool.All)
            : await AreNewestConversationAsync(cancellationToken).ConfigureAwait(false);
        return isConversation
            ? await RankConversationAsync(counts, cancellationToken).ConfigureAwait(false)
            : new MemoryRanker(ranking, counts.Terms).Rank(counts.Counts, counts.Total, _pool.All, query);
    }

    // No word of the question is in any memory: a conversation may have other words for it.
    private async Task<bool> AreNewestConversationAsync(CancellationToken cancellationToken)
    {
        if (ranking.EverydayWords is null) return false;
        var newest = new CandidatePool();
        await reads.SearchAsync([_proposals.Newest(NewestLooked)], newest.Add, cancellationToken).ConfigureAwait(false);
        return ConversationTerms.Fit(newest.All);
    }

    // Lines of conversations are looked for in more words, if the settings say so, and together with the lines beside them.
    private async Task<List<RankedCandidate<Guid>>> RankConversationAsync(TermCounts counts, CancellationToken cancellationToken)
    {
        var terms = ConversationTerms.Of(counts.Terms, ranking);
        if (terms != counts.Terms)
        {
            counts = new TermCounts(reads, _proposals, common);
            await counts.AddAsync(terms, null, cancellationToken).ConfigureAwait(false);
            await ProposeByIndexAsync(counts, cancellationToken).ConfigureAwait(false);
        }

        var ranker = new MemoryRanker(ranking, counts.Terms, parsed.Conversation);
        var best = ranker.Rank(counts.Counts, counts.Total, _pool.All, new MemoryQuery { Limit = ConversationHits })
            .ConvertAll(static ranked => ranked.Candidate);
        if (best.Count == 0) return [];

        var beside = _proposals.Beside(best, ConversationContext.Reach);
        await reads.SearchAsync([.. beside], _pool.Add, cancellationToken).ConfigureAwait(false);
        var lines = ConversationPositions.InConversations(ConversationPositions.InStore(_pool.All, best), best);
        return ranker.Rank(counts.Counts, counts.Total, lines, query);
    }

    // An unknown word is read as the nearest known ones.
    private async Task AddReadingsAsync(TermCounts counts, CancellationToken cancellationToken)
    {
        var readings = new List<QuestionTerm>();
        foreach (var suspect in Spelling.Suspects(counts.Terms, counts.Counts).ToList())
        {
            var like = await WordsAsync(_proposals.WordsLike(suspect), cancellationToken).ConfigureAwait(false);
            var likely = Spelling.Readings(suspect, like).ToList();
            if (likely.Count == 0 && trigrams is not null)
            {
                var near = await WordsAsync(_proposals.WordsNear(suspect, trigrams), cancellationToken).ConfigureAwait(false);
                likely = [.. Spelling.ReadingsFromAny(suspect, near)];
            }

            readings.AddRange(likely);
        }

        if (readings.Count > 0) await counts.AddAsync(readings, null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<string>> WordsAsync(NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        var words = new List<string>();
        await reads.SearchAsync([command], row => words.Add(row.GetString(0)), cancellationToken).ConfigureAwait(false);
        return words;
    }

    private async Task ProposeByIndexAsync(TermCounts counts, CancellationToken cancellationToken)
    {
        var rare = counts.RarestWhere(
            static (term, count) => !term.IsSubstring && count > 0 && count <= (term.IsGuess ? CommonGuess : CommonTerms.Limit),
            RareTogether);
        var frequent = counts.Where((term, count) => !term.IsSubstring && !term.IsGuess && count > 0 && !rare.Contains(term));

        var commands = counts.Where(static (term, _) => term.IsSubstring).Select(_proposals.NewestWith).ToList();
        if (rare.Length > 0) commands.Add(_proposals.AnyOf(rare));
        QuestionTerm[] all = [.. rare.Where(static term => !term.IsGuess), .. frequent];
        if (frequent.Length > 0 && all.Length > 1) commands.Add(_proposals.NewestWithAll(all));
        if (commands.Count > 0) await reads.SearchAsync(commands, _pool.Add, cancellationToken).ConfigureAwait(false);

        // What has all words is always proposed; what has any of the common ones only when the rest is too little.
        if (frequent.Length > 0 && _pool.Count < query.Offset + query.Limit)
            await reads.SearchAsync([_proposals.NewestWithAny(frequent)], _pool.Add, cancellationToken).ConfigureAwait(false);

        // A frequent guess counts for the order; it proposes only when what was really asked for is too little.
        var guesses = counts.Where(static (term, count) => term.IsGuess && count > CommonGuess);
        if (guesses.Length > 0 && _pool.Count < query.Offset + query.Limit)
            await reads.SearchAsync([_proposals.NewestWithAny(guesses)], _pool.Add, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<THit>> FetchAsync<TRow, THit>(
        List<RankedCandidate<Guid>> ranked, string columns, Func<NpgsqlDataReader, TRow> read, Func<TRow, Guid> id,
        Func<RankedCandidate<Guid>, TRow, THit> hit,
        CancellationToken cancellationToken)
    {
        var statement = new Statement();
        var ids = statement.Value(ranked.Select(static candidate => candidate.Handle).ToArray());
        var rows = await reads.ListAsync(
            statement.Command($"SELECT {columns} FROM {names.MemoryTable} m WHERE m.id = ANY ({ids})"),
            read,
            cancellationToken).ConfigureAwait(false);

        // What was deleted in between is no answer any more.
        var byId = rows.ToDictionary(id);
        var found = ranked.Where(candidate => byId.ContainsKey(candidate.Handle));
        return [.. found.Select(candidate => hit(candidate, byId[candidate.Handle]))];
    }
}
