using MemoryTriggers.Backends.Postgres.Reading;
using MemoryTriggers.Backends.Postgres.Writing;
using MemoryTriggers.Recall;
using Npgsql;

namespace MemoryTriggers.Backends.Postgres.Search;

/// <summary>
/// Full-text search in two steps, as in SQLite: the index proposes candidates, the common ranker orders them. A word that stands in thousands
/// of memories proposes only the newest. A word that stands nowhere is read as the nearest one, where the server has trigrams.
/// </summary>
/// <param name="reads">Reads the rows.</param>
/// <param name="names">Where they are.</param>
/// <param name="query">What to look at.</param>
/// <param name="terms">What to look for.</param>
/// <param name="ranking">How to rank.</param>
/// <param name="trigrams">The schema of pg_trgm; <see langword="null"/> when the server does not have it.</param>
internal sealed class PostgresSearch(EntryReads reads, SchemaNames names, MemoryQuery query, IReadOnlyList<QuestionTerm> terms, MemoryRanking ranking, string? trigrams)
{
    private const int CommonWord = 2_000;
    private const int CommonGuess = 200;
    private const int NarrowFilter = 500;
    private readonly Proposals _proposals = new(names, query);
    private readonly CandidatePool _pool = new();

    public async Task<IReadOnlyList<MemoryHit>> RunAsync(CancellationToken cancellationToken)
    {
        var ranked = await RankAsync(cancellationToken).ConfigureAwait(false);
        return ranked.Count == 0 ? [] : await FetchAsync(ranked, EntryColumns.Select, EntryReader.Read, static entry => entry.Id, static (hit, entry) => hit.ToHit(entry), cancellationToken).ConfigureAwait(false);
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
        if (QueryFilter.IsIndexed(query) && await IsNarrowAsync(cancellationToken).ConfigureAwait(false))
        {
            await reads.ReadAsync([_proposals.Filtered(NarrowFilter)], _pool.Add, cancellationToken).ConfigureAwait(false);
            return CandidateRanking.RankAll(ranking, terms, _pool.All, query);
        }

        var frequencies = await FrequenciesAsync(cancellationToken).ConfigureAwait(false);
        var total = frequencies[^1];
        frequencies.RemoveAt(frequencies.Count - 1);
        await ProposeByIndexAsync(frequencies, cancellationToken).ConfigureAwait(false);

        var readings = ranking.Typos ? CandidateRanking.Readings(terms, frequencies, _pool.All) : [];
        var inPool = new MemoryRanker(ranking, readings).Frequencies(_pool.All);
        return new MemoryRanker(ranking, [.. terms, .. readings]).Rank([.. frequencies, .. inPool], total, _pool.All, query);
    }

    // Following a narrow filter and ranking all of it is exact, and cheaper than walking a common word through all projects.
    private async Task<bool> IsNarrowAsync(CancellationToken cancellationToken)
    {
        var count = await reads.ListAsync(_proposals.CountFiltered(NarrowFilter + 1), static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return count[0] <= NarrowFilter;
    }

    /// <returns>One for each term, and the number of all memories.</returns>
    private async Task<List<long>> FrequenciesAsync(CancellationToken cancellationToken)
    {
        var counted = new List<long>();
        var commands = terms.Where(static term => !term.IsSubstring).Select(term => _proposals.Frequency(term, CommonWord + 1)).Append(_proposals.Total(CommonWord + 1));
        await reads.ReadAsync(commands, row => counted.Add(row.GetInt64(0)), cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < terms.Count; i++)
            if (terms[i].IsSubstring) counted.Insert(i, 1);
        return counted;
    }

    private async Task ProposeByIndexAsync(List<long> frequencies, CancellationToken cancellationToken)
    {
        var rare = Select(i => !terms[i].IsSubstring && frequencies[i] > 0 && frequencies[i] <= (terms[i].IsGuess ? CommonGuess : CommonWord));
        var common = Select(i => !terms[i].IsSubstring && !terms[i].IsGuess && frequencies[i] > CommonWord);
        var absent = Select(i => IsMisspelled(i, frequencies));

        var commands = terms.Where(static term => term.IsSubstring).Select(_proposals.Containing).ToList();
        if (rare.Length > 0) commands.Add(_proposals.AnyOf(rare));
        QuestionTerm[] all = [.. rare.Where(static term => !term.IsGuess), .. common];
        if (common.Length > 0 && all.Length > 1) commands.Add(_proposals.NewestWithAll(all));
        commands.AddRange(absent.SelectMany(term => _proposals.Like(term, trigrams!)));
        if (commands.Count > 0) await reads.ReadAsync(commands, _pool.Add, cancellationToken).ConfigureAwait(false);

        // What has all words is always proposed; what has any of the common ones only when the rest is too little.
        if (common.Length > 0 && _pool.Count < query.Offset + query.Limit)
            await reads.ReadAsync([_proposals.NewestWithAny(common)], _pool.Add, cancellationToken).ConfigureAwait(false);

        // A frequent guess counts for the order; it proposes only when what was really asked for is too little.
        var guesses = Select(i => terms[i].IsGuess && frequencies[i] > CommonGuess);
        if (guesses.Length > 0 && _pool.Count < query.Offset + query.Limit)
            await reads.ReadAsync([_proposals.NewestWithAny(guesses)], _pool.Add, cancellationToken).ConfigureAwait(false);
    }

    private bool IsMisspelled(int index, List<long> frequencies) =>
        ranking.Typos && trigrams is not null && frequencies[index] == 0 && Spelling.CanBeWrong(terms[index]);

    private async Task<IReadOnlyList<THit>> FetchAsync<TRow, THit>(
        List<RankedCandidate<Guid>> ranked, string columns, Func<NpgsqlDataReader, TRow> read, Func<TRow, Guid> id, Func<RankedCandidate<Guid>, TRow, THit> hit,
        CancellationToken cancellationToken)
    {
        var statement = new Statement();
        var ids = statement.Value(ranked.Select(static candidate => candidate.Handle).ToArray());
        var rows = await reads.ListAsync(
            statement.Command($"SELECT {columns} FROM {names.MemoryTable} m WHERE m.id = ANY ({ids})"), read, cancellationToken).ConfigureAwait(false);

        // What was deleted in between is no answer any more.
        var byId = rows.ToDictionary(id);
        return [.. ranked.Where(candidate => byId.ContainsKey(candidate.Handle)).Select(candidate => hit(candidate, byId[candidate.Handle]))];
    }

    private QuestionTerm[] Select(Func<int, bool> which) => [.. terms.Where((_, i) => which(i))];
}
