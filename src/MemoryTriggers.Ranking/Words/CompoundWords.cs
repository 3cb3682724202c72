using System.Text;

namespace MemoryTriggers.Ranking;

/// <summary>
/// Names that programmers write as one word: <c>paymentTimeout</c>, <c>HTTPServer</c>. What is joined by anything else than letters and
/// digits
/// (<c>payment_timeout</c>) is several words already.
/// </summary>
internal static class CompoundWords
{
    /// <summary>Ends the parts of one name. No word is empty.</summary>
    public const string End = "";

    private const int MinName = 4;
    private const int MaxName = 100;

    /// <summary>The stems of the parts of all such names in a text.</summary>
    public static string[] PartStems(string text)
    {
        List<string>? stems = null;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsAsciiLetterOrDigit(text[i])) continue;
            if (i - start is >= MinName and <= MaxName) Add(text.AsSpan(start, i - start), ref stems);
            start = i + 1;
        }

        return stems is null ? [] : [.. stems];
    }

    /// <summary>The parts of one name, in lower case; empty when it has not at least two.</summary>
    public static List<string> Split(ReadOnlySpan<char> name)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 1; i < name.Length; i++)
        {
            if (!IsBoundary(name, i)) continue;
            parts.Add(Lower(name[start..i]));
            start = i;
        }

        if (start == 0) return [];
        parts.Add(Lower(name[start..]));
        return parts;
    }

    /// <summary>
    /// The parts of the word that is the <paramref name="index"/>-th token of a chunk of plain letters; empty when it has not at least two.
    /// </summary>
    public static List<string> PartsOf(string chunk, int index)
    {
        if (!Ascii.IsValid(chunk) || !chunk.AsSpan().ContainsAnyInRange('A', 'Z')) return [];
        var start = 0;
        for (var i = 0; i <= chunk.Length; i++)
        {
            if (i < chunk.Length && char.IsAsciiLetterOrDigit(chunk[i])) continue;
            if (i > start && index-- == 0) return i - start is >= MinName and <= MaxName ? Split(chunk.AsSpan(start, i - start)) : [];
            start = i + 1;
        }

        return [];
    }

    private static void Add(ReadOnlySpan<char> name, ref List<string>? stems)
    {
        if (!name[1..].ContainsAnyInRange('A', 'Z')) return;
        var parts = Split(name);
        if (parts.Count == 0) return;
        stems ??= [];
        foreach (var part in parts) stems.Add(KnownStems.Of(part));
        stems.Add(End);
    }

    // "userId" before the I; "HTTPServer" before the S.
    private static bool IsBoundary(ReadOnlySpan<char> name, int index) => char.IsAsciiLetterUpper(name[index])
        && (char.IsAsciiLetterLower(name[index - 1]) || (char.IsAsciiLetterUpper(name[index - 1]) && IsLowerAt(name, index + 1)));

    private static bool IsLowerAt(ReadOnlySpan<char> name, int index) => index < name.Length && char.IsAsciiLetterLower(name[index]);

    private static string Lower(ReadOnlySpan<char> part) =>
        string.Create(part.Length, part, static (target, source) => Ascii.ToLower(source, target, out _));
}
