namespace MemoryTriggers.Ranking;

/// <summary>Counts what a memory has of a question, in one walk over its words.</summary>
internal sealed class TermMatcher
{
    // A name such as SaveChangesAsync is about changes, but less than a line that says so.
    private const double PartWeight = 0.5;

    private readonly Dictionary<string, List<Pattern>> _patterns = new(StringComparer.Ordinal);
    private readonly List<(int Term, string Run)> _runs = [];

    public TermMatcher(IReadOnlyList<QuestionTerm> terms)
    {
        Count = terms.Count;
        for (var i = 0; i < terms.Count; i++)
        {
            if (terms[i].IsSubstring)
            {
                _runs.Add((i, terms[i].Words[0]));
                continue;
            }

            Add(new Pattern(i, terms[i].Stems, 1, null));
            foreach (var variant in terms[i].Variants) Add(new Pattern(i, variant.Stems, variant.Weight, variant));
        }
    }

    public int Count { get; }

    /// <summary>Adds the occurrences of each term in one field, by the weight of their form.</summary>
    /// <returns>Whether any does.</returns>
    public bool Match(SearchableText text, int field, Span<double> counts)
    {
        var found = Match(text.Words(field), counts, 1);
        return Match(text.Parts(field), counts, PartWeight) || found;
    }

    /// <summary>In how many texts each term stands.</summary>
    public long[] Frequencies(IEnumerable<SearchableText> texts)
    {
        var frequencies = new long[Count];
        var counts = new double[Count];
        foreach (var text in texts)
        {
            Array.Clear(counts);
            for (var field = 0; field < SearchableText.FieldCount; field++) Match(text, field, counts);
            for (var i = 0; i < counts.Length; i++)
                if (counts[i] > 0) frequencies[i]++;
        }

        return frequencies;
    }

    /// <summary>The variant by which a field has a term, when it does not have the term itself.</summary>
    public TermVariant? VariantIn(SearchableText text, int field, int term)
    {
        TermVariant? best = null;
        foreach (var patterns in _patterns.Values)
        {
            foreach (var pattern in patterns)
            {
                if (pattern.Term != term || !(Has(text.Words(field), pattern) || Has(text.Parts(field), pattern))) continue;
                if (pattern.Variant is null) return null;
                if (best is null || pattern.Weight > best.Weight) best = pattern.Variant;
            }
        }

        return best;
    }

    private bool Match(ReadOnlySpan<string> words, Span<double> counts, double single)
    {
        var found = false;
        for (var i = 0; i < words.Length; i++)
        {
            if (_patterns.TryGetValue(words[i], out var patterns))
            {
                foreach (var pattern in patterns)
                {
                    if (!StandsAt(words, i, pattern.Stems)) continue;
                    counts[pattern.Term] += pattern.Stems.Count == 1 ? pattern.Weight * single : pattern.Weight;
                    found = true;
                }
            }

            foreach (var (term, run) in _runs)
            {
                if (!words[i].Contains(run, StringComparison.Ordinal)) continue;
                counts[term]++;
                found = true;
            }
        }

        return found;
    }

    private void Add(Pattern pattern)
    {
        if (!_patterns.TryGetValue(pattern.Stems[0], out var same)) _patterns[pattern.Stems[0]] = same = [];
        same.Add(pattern);
    }

    private static bool Has(ReadOnlySpan<string> words, Pattern pattern)
    {
        for (var i = 0; i < words.Length; i++)
            if (words[i] == pattern.Stems[0] && StandsAt(words, i, pattern.Stems)) return true;
        return false;
    }

    private static bool StandsAt(ReadOnlySpan<string> words, int index, IReadOnlyList<string> stems)
    {
        if (index + stems.Count > words.Length) return false;
        for (var i = 1; i < stems.Count; i++)
            if (!string.Equals(words[index + i], stems[i], StringComparison.Ordinal)) return false;
        return true;
    }

    private sealed record Pattern(int Term, IReadOnlyList<string> Stems, double Weight, TermVariant? Variant);
}
