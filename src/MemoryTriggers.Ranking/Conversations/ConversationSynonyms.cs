using System.Collections.Frozen;

namespace MemoryTriggers.Ranking.Conversations;

/// <summary>Words that answer for each other in conversations.</summary>
internal sealed class ConversationSynonyms
{
    private const double SameWeight = 0.5;
    private const double KindWeight = 0.35;
    private readonly FrozenDictionary<string, TermVariant[]> _byStem;

    /// <param name="same">Groups of words for the same thing.</param>
    /// <param name="kinds">Groups whose first word names a kind, to which the others belong.</param>
    public ConversationSynonyms(IReadOnlyList<string[]> same, IReadOnlyList<string[]> kinds)
    {
        var byStem = new Dictionary<string, Dictionary<string, TermVariant>>(StringComparer.Ordinal);
        foreach (var words in same)
            foreach (var word in words) Add(word, words, SameWeight);
        foreach (var words in kinds) Add(words[0], words[1..], KindWeight);
        _byStem = byStem.ToFrozenDictionary(static item => item.Key, static item => item.Value.Values.ToArray(), StringComparer.Ordinal);

        void Add(string word, string[] others, double weight)
        {
            var stem = PorterStemmer.Stem(word);
            if (!byStem.TryGetValue(stem, out var variants)) byStem[stem] = variants = new(StringComparer.Ordinal);
            foreach (var other in others)
            {
                var otherStem = PorterStemmer.Stem(other);
                if (otherStem != stem) variants.TryAdd(otherStem, TermVariant.Of([other], weight));
            }
        }
    }

    public IReadOnlyList<TermVariant> Of(string stem) => _byStem.TryGetValue(stem, out var variants) ? variants : [];
}
