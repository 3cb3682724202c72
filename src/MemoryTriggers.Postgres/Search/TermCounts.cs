using MemoryTriggers.Postgres.Reading;
using MemoryTriggers.Postgres.Words;
using MemoryTriggers.Ranking;
using Npgsql;

namespace MemoryTriggers.Postgres.Search;

/// <summary>The terms of one question, and how many memories contain each, up to a limit.</summary>
internal sealed class TermCounts(EntryReads reads, Proposals proposals, CommonTerms common)
{
    private readonly List<QuestionTerm> _terms = [];
    private readonly List<long> _counts = [];

    public IReadOnlyList<QuestionTerm> Terms => _terms;

    /// <summary>One for each term.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>The number of all memories.</summary>
    public long Total { get; private set; }

    /// <summary>
    /// Adds terms and counts them, in one round trip with another count. What is known to be common is not counted again.
    /// </summary>
    /// <param name="terms">More terms.</param>
    /// <param name="other">Another count that is wanted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The other count.</returns>
    public async Task<long?> AddAsync(IReadOnlyList<QuestionTerm> terms, NpgsqlBatchCommand? other, CancellationToken cancellationToken)
    {
        long? wanted = null;
        var commands = new List<NpgsqlBatchCommand>();
        var readers = new List<Action<long>>();
        if (other is not null) Ask(other, count => wanted = count);
        if (common.Total is { } known) Total = known;
        else
        {
            Ask(proposals.Total(CommonTerms.Limit + 1), count =>
            {
                Total = count;
                common.NoteTotal(count);
            });
        }

        foreach (var term in terms)
        {
            var index = _terms.Count;
            var lexemes = SearchVector.Query(term);
            var isCommon = common.Contains(lexemes);
            _terms.Add(term);
            _counts.Add(term.IsSubstring ? 1 : isCommon ? CommonTerms.Limit + 1 : 0);
            if (term.IsSubstring || isCommon) continue;

            Ask(proposals.Frequency(lexemes, CommonTerms.Limit + 1), count =>
            {
                _counts[index] = count;
                common.Note(lexemes, count);
            });
        }

        var next = 0;
        if (commands.Count > 0)
            await reads.SearchAsync(commands, row => readers[next++](row.GetInt64(0)), cancellationToken).ConfigureAwait(false);
        return wanted;

        void Ask(NpgsqlBatchCommand command, Action<long> read)
        {
            commands.Add(command);
            readers.Add(read);
        }
    }

    public QuestionTerm[] Where(Func<QuestionTerm, long, bool> which) => [.. _terms.Where((term, i) => which(term, _counts[i]))];

    /// <summary>As <see cref="Where"/>, the rarest first, while they are no more than a number together; the first one always.</summary>
    public QuestionTerm[] RarestWhere(Func<QuestionTerm, long, bool> which, long together)
    {
        var chosen = new List<QuestionTerm>();
        var sum = 0L;
        foreach (var (term, count) in _terms.Zip(_counts).Where(pair => which(pair.First, pair.Second)).OrderBy(static pair => pair.Second))
        {
            sum += count;
            if (chosen.Count > 0 && sum > together) break;
            chosen.Add(term);
        }

        return [.. chosen];
    }
}
