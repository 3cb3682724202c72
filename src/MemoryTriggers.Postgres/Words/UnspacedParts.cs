using MemoryTriggers.Ranking;

namespace MemoryTriggers.Postgres.Words;

/// <summary>
/// What the index keeps of a word in a script without spaces: every two characters in a row, and the last one alone, each behind a mark
/// that no word has. So any part of such a word is found, whatever the server knows of its script.
/// </summary>
internal static class UnspacedParts
{
    public const char Mark = '~';

    public static bool IsIn(string word)
    {
        foreach (var rune in word.EnumerateRunes())
            if (TextTokenizer.IsUnspaced(rune)) return true;
        return false;
    }

    /// <summary>The parts of a word, without their marks.</summary>
    public static IEnumerable<string> Of(string word)
    {
        var previous = "";
        foreach (var rune in word.EnumerateRunes())
        {
            var text = rune.ToString();
            if (previous.Length > 0) yield return previous + text;
            previous = text;
        }

        if (previous.Length > 0) yield return previous;
    }

    /// <summary>What has a run of characters anywhere in a word, as the literal of a <c>tsquery</c>.</summary>
    public static string Query(string run)
    {
        var parts = Of(run).ToList();

        // The last character of the run need not be the last of the word. A run of one character begins some part.
        return parts.Count == 1 ? $"'{Mark}{parts[0]}':*" : string.Join(" & ", parts.SkipLast(1).Select(static part => $"'{Mark}{part}'"));
    }
}
