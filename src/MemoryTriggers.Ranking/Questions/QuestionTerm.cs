namespace MemoryTriggers.Ranking;

/// <summary>
/// Something a question asks for: a word, several words in a row (an identifier such as <c>ISS-0124</c>, a quotation),
/// or a run of a script without spaces, which is looked for inside of words.
/// </summary>
/// <param name="Words">The words, in lower case, not stemmed.</param>
/// <param name="Stems">The same words, stemmed.</param>
/// <param name="Weight">How much it counts: 1, or more for an identifier.</param>
/// <param name="IsSubstring">Whether it may stand anywhere inside a word.</param>
internal sealed record QuestionTerm(IReadOnlyList<string> Words, IReadOnlyList<string> Stems, double Weight, bool IsSubstring)
{
    public string Display { get; } = string.Join(' ', Stems);

    /// <summary>Other ways to say it: another form, another spelling, a word of the same meaning.</summary>
    public IReadOnlyList<TermVariant> Variants { get; init; } = [];

    /// <summary>Whether it was not asked for in so many words: two words written as one, the parts of a name.</summary>
    public bool IsGuess { get; init; }

    public static QuestionTerm Of(IReadOnlyList<string> words, double weight) =>
        new(words, [.. words.Select(static word => KnownStems.Of(word))], weight, IsSubstring: false);
}
