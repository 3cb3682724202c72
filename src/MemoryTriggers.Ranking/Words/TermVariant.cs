namespace MemoryTriggers.Ranking;

/// <summary>Another way to say what a question asks for.</summary>
/// <param name="Words">Its words, in lower case, not stemmed.</param>
/// <param name="Stems">The same words, stemmed.</param>
/// <param name="Weight">How much it counts beside the term itself: 1 for the same word in another form, less for another word.</param>
internal sealed record TermVariant(IReadOnlyList<string> Words, IReadOnlyList<string> Stems, double Weight)
{
    public static TermVariant Of(IReadOnlyList<string> words, double weight) =>
        new(words, [.. words.Select(static word => KnownStems.Of(word))], weight);
}
