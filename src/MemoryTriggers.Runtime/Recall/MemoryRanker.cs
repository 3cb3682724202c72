namespace MemoryTriggers.Recall;

/// <summary>Orders candidates the same way for every backend.</summary>
internal static class MemoryRanker
{
    private const double Saturation = 1.2;
    private const double LengthInfluence = 0.75;
    private const double TypicalLength = 12;
    private static readonly double[] FieldWeights = [1.0, 2.0, 1.5];

    /// <param name="terms">What is asked for.</param>
    /// <param name="frequencies">In how many memories each term stands, or an upper bound for words that are everywhere.</param>
    /// <param name="total">How many memories there are.</param>
    /// <param name="candidates">Those that may answer. One without any term is left out.</param>
    public static List<RankedCandidate<T>> Rank<T>(
        IReadOnlyList<QuestionTerm> terms, IReadOnlyList<long> frequencies, long total, IEnumerable<SearchCandidate<T>> candidates)
    {
        var rarity = frequencies.Select(count => Math.Log(1 + (Math.Max(total, count) - count + 0.5) / (count + 0.5))).ToArray();
        var ranked = new List<(RankedCandidate<T> Hit, long CreatedAt)>();
        foreach (var candidate in candidates)
        {
            var matched = new List<string>();
            double weight = 0, relevance = 0;
            for (var i = 0; i < terms.Count; i++)
            {
                var frequency = WeightedFrequency(terms[i], candidate.Text);
                if (frequency == 0) continue;

                matched.Add(terms[i].Display);
                weight += terms[i].Weight;
                relevance += terms[i].Weight * rarity[i] * frequency * (Saturation + 1) / (frequency + Saturation);
            }

            // Squeezed below one, so that relevance decides only among memories with equally many terms.
            if (weight > 0) ranked.Add((new(candidate.Handle, weight + relevance / (relevance + 10), matched), candidate.CreatedAt));
        }

        return [.. ranked.OrderByDescending(item => item.Hit.Score).ThenByDescending(item => item.CreatedAt).Select(item => item.Hit)];
    }

    private static double WeightedFrequency(QuestionTerm term, SearchableText text)
    {
        double sum = 0;
        for (var field = 0; field < text.FieldCount; field++)
        {
            var count = text.Occurrences(term, field);
            if (count == 0) continue;
            sum += FieldWeights[field] * count / (1 - LengthInfluence + LengthInfluence * text.Length(field) / TypicalLength);
        }

        return sum;
    }
}
