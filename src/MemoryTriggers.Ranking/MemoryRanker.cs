using MemoryTriggers.Ranking.Conversations;

namespace MemoryTriggers.Ranking;

/// <summary>
/// Orders candidates the same way for every backend: by BM25 over weighted fields (Robertson, Zaragoza and Taylor, 2004), moved a little by
/// how
/// recent, how good and how fitting a memory is. docs/recall.md explains the formula.
/// </summary>
/// <param name="ranking">The settings.</param>
/// <param name="terms">What is asked for.</param>
/// <param name="conversation">What the question asks of a conversation; <see langword="null"/> when the candidates are none.</param>
internal sealed class MemoryRanker(MemoryRanking ranking, IReadOnlyList<QuestionTerm> terms, ConversationQuestion? conversation = null)
{
    private const double Saturation = 1.2;
    private const double LengthInfluence = 0.75;

    // Lines are short: one of eight words says no more about its words than one of sixteen.
    private const double ShortLength = 24;

    private readonly TermMatcher _matcher = new(terms);
    private readonly double[] _typicalLengths = [ShortLength, ShortLength, ShortLength];
    private readonly TriggerOutcome? _askedOutcome = AskedOutcome.Of(terms);

    /// <summary>In how many of the candidates each term stands.</summary>
    public long[] Frequencies<T>(IEnumerable<SearchCandidate<T>> candidates) =>
        _matcher.Frequencies(candidates.Select(static candidate => candidate.Text));

    /// <param name="frequencies">In how many memories each term stands, or an upper bound for words that are everywhere.</param>
    /// <param name="total">How many memories there are.</param>
    /// <param name="candidates">Those that may answer. One without any term is left out.</param>
    /// <param name="page">Which part of the order is wanted.</param>
    public List<RankedCandidate<T>> Rank<T>(
        IReadOnlyList<long> frequencies, long total, IReadOnlyCollection<SearchCandidate<T>> candidates, MemoryQuery page)
    {
        MeasureLengths(candidates);
        var weights = new double[terms.Count];
        for (var i = 0; i < weights.Length; i++) weights[i] = terms[i].Weight * Rarity(frequencies[i], total);

        var now = ranking.Now;
        var scored = conversation is null ? Score(candidates, weights, now) : ScoreConversation(candidates, weights, now);

        scored.Sort(static (one, other) => one.Score != other.Score
            ? other.Score.CompareTo(one.Score)
            : other.Candidate.CreatedAt.CompareTo(one.Candidate.CreatedAt));
        return [.. scored.Skip(page.Offset).Take(page.Limit).Select(item => Explain(item, weights, now))];
    }

    private List<Scored<T>> Score<T>(IReadOnlyCollection<SearchCandidate<T>> candidates, double[] weights, long now)
    {
        var sums = new double[terms.Count];
        var counts = new double[terms.Count];
        var scored = new List<Scored<T>>();
        foreach (var candidate in candidates)
        {
            var relevance = Sum(candidate.Text, sums, counts) ? Relevance(sums, weights) : 0;
            if (relevance > 0) scored.Add(new Scored<T>(candidate, null, relevance, relevance * (1 + Boost(candidate, now))));
        }

        return scored;
    }

    private List<Scored<T>> ScoreConversation<T>(IReadOnlyCollection<SearchCandidate<T>> found, double[] weights, long now)
    {
        SearchCandidate<T>[] candidates = [.. found];
        var context = new ConversationContext(ranking.Conversations);
        var neighbors = context.Neighbors(candidates);
        var own = new double[candidates.Length][];
        var counts = new double[terms.Count];
        for (var i = 0; i < own.Length; i++) Sum(candidates[i].Text, own[i] = new double[terms.Count], counts);

        var scored = new List<Scored<T>>();
        for (var i = 0; i < own.Length; i++)
        {
            var beside = context.Of(i, candidates, neighbors, own);
            var relevance = Relevance(beside is null ? own[i] : [.. own[i].Zip(beside, static (one, other) => one + other)], weights);
            if (relevance > 0) scored.Add(new Scored<T>(candidates[i], beside, relevance, relevance * (1 + Boost(candidates[i], now))));
        }

        return scored;
    }

    private static double Rarity(long frequency, long total) =>
        Math.Log(1 + (Math.Max(total, frequency) - frequency + 0.5) / (frequency + 0.5));

    // How much a memory has of each term.
    private bool Sum(SearchableText text, double[] sums, double[] counts)
    {
        Array.Clear(sums);
        var found = false;
        for (var field = 0; field < SearchableText.FieldCount; field++)
        {
            Array.Clear(counts);
            if (!_matcher.Match(text, field, counts)) continue;

            found = true;
            var weight = FieldWeight(text, field);
            for (var i = 0; i < sums.Length; i++) sums[i] += weight * counts[i];
        }

        return found;
    }

    private static double Relevance(double[] sums, double[] weights)
    {
        var relevance = 0.0;
        for (var i = 0; i < sums.Length; i++) relevance += weights[i] * Saturated(sums[i]);
        return relevance;
    }

    private void MeasureLengths<T>(IReadOnlyCollection<SearchCandidate<T>> candidates)
    {
        if (candidates.Count == 0) return;
        for (var field = 0; field < _typicalLengths.Length; field++)
            _typicalLengths[field] = Math.Max(ShortLength, candidates.Average(candidate => candidate.Text.Length(field)));
    }

    private double FieldWeight(SearchableText text, int field) =>
        ranking.Weight(field) / (1 - LengthInfluence + LengthInfluence * Math.Max(1, text.Length(field) / _typicalLengths[field]));

    private static double Saturated(double frequency) => frequency * (Saturation + 1) / (frequency + Saturation);

    private double Boost<T>(SearchCandidate<T> candidate, long now) => ranking.Recency(candidate.CreatedAt, now)
        + ranking.Quality(candidate.QualityScore) + Outcome(candidate) + Speaker(candidate) + Answer(candidate);

    // The line of a speaker has no outcome.
    private double Outcome<T>(SearchCandidate<T> candidate) => conversation is null ? ranking.Outcome(_askedOutcome, candidate.Outcome) : 0;

    private double Speaker<T>(SearchCandidate<T> candidate) =>
        candidate.Text.Turn is { } turn && conversation?.IsAbout(turn) == true ? ranking.Conversations.SpeakerBoost : 0;

    private double Answer<T>(SearchCandidate<T> candidate) =>
        candidate.Text.Turn is { } turn && conversation?.IsAnsweredBy(turn, candidate.CreatedAt, ranking.EverydayWords) == true
            ? ranking.Conversations.AnswerBoost
            : 0;

    // Only for what is returned: a search looks at many more.
    private RankedCandidate<T> Explain<T>(Scored<T> scored, double[] weights, long now)
    {
        var (candidate, text) = (scored.Candidate, scored.Candidate.Text);
        var counts = new double[SearchableText.FieldCount + 1][];
        var sums = scored.Context is null ? new double[terms.Count] : [.. scored.Context];
        counts[(int)MemoryField.Context] = [.. sums];
        for (var field = 0; field < SearchableText.FieldCount; field++)
        {
            _matcher.Match(text, field, counts[field] = new double[terms.Count]);
            for (var i = 0; i < sums.Length; i++) sums[i] += counts[field][i] *= FieldWeight(text, field);
        }

        var words = new List<string>();
        var matches = new List<MemoryMatch>();
        for (var i = 0; i < sums.Length; i++)
        {
            if (sums[i] == 0) continue;
            words.Add(terms[i].Display);
            for (var field = 0; field < counts.Length; field++)
            {
                if (counts[field][i] == 0) continue;
                var weight = weights[i] * Saturated(sums[i]) * counts[field][i] / sums[i];
                matches.Add(new MemoryMatch(terms[i].Display, (MemoryField)field, weight)
                {
                    As = field < SearchableText.FieldCount && _matcher.VariantIn(text, field, i) is { } variant
                        ? string.Join(' ', variant.Words)
                        : null,
                });
            }
        }

        return new RankedCandidate<T>(candidate, scored.Score, words, new MemoryExplanation
        {
            Matches = [.. matches.OrderByDescending(static match => match.Weight)],
            Relevance = scored.Relevance,
            Recency = ranking.Recency(candidate.CreatedAt, now),
            Quality = ranking.Quality(candidate.QualityScore),
            Outcome = Outcome(candidate),
            Speaker = Speaker(candidate),
            Answer = Answer(candidate),
        });
    }

    private readonly record struct Scored<T>(SearchCandidate<T> Candidate, double[]? Context, double Relevance, double Score);
}
