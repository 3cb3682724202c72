namespace MemoryTriggers.Ranking;

/// <summary>What a question asks for in a row, in double quotes.</summary>
internal static class Quotation
{
    private const int MaxWords = 32;
    private static readonly char[] Marks = ['"', '“', '”', '„'];

    /// <summary>
    /// A term for each quotation of two words or more, filler words included. It weighs more than its words together, which are terms of
    /// their
    /// own, so that what has the quotation comes first, and what has only its words after it. A mark without a partner means nothing.
    /// </summary>
    public static IEnumerable<QuestionTerm> Read(string text)
    {
        var start = text.IndexOfAny(Marks);
        while (start >= 0 && text.IndexOfAny(Marks, start + 1) is > 0 and var end)
        {
            var words = TextTokenizer.Split(text[(start + 1)..end]);
            if (words.Count is > 1 and <= MaxWords && !words.Exists(static word => word.EnumerateRunes().Any(TextTokenizer.IsUnspaced)))
                yield return QuestionTerm.Of(words, 1 + 2 * words.Count);
            start = text.IndexOfAny(Marks, end + 1);
        }
    }
}
