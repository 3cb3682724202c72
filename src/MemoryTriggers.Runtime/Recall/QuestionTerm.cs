namespace MemoryTriggers.Recall;

/// <summary>
/// Something a question asks for: a word, several words in a row (an identifier such as <c>ISS-0124</c>),
/// or a run of a script without spaces, which is looked for inside of words.
/// </summary>
/// <param name="Words">The words, in lower case, not stemmed.</param>
/// <param name="Stems">The same words, stemmed.</param>
/// <param name="Weight">How much it counts: 1, or more for an identifier.</param>
/// <param name="IsSubstring">Whether it may stand anywhere inside a word.</param>
internal sealed record QuestionTerm(IReadOnlyList<string> Words, IReadOnlyList<string> Stems, double Weight, bool IsSubstring)
{
    public string Display { get; } = string.Join(' ', Stems);
}
