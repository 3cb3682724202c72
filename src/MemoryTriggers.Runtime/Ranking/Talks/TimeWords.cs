using System.Collections.Frozen;

namespace MemoryTriggers.Ranking.Talks;

/// <summary>The words by which people say when something is or was.</summary>
internal static class TimeWords
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly char[] Digits = [.. "0123456789"];

    private static readonly FrozenSet<string> Alone = (
        "yesterday today tonight tomorrow ago recently weekend january february april june july august september october november december " +
        "monday tuesday wednesday thursday friday saturday sunday christmas easter thanksgiving halloween midnight noon").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Before = "last next this past in since until every on early late".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> After =
        "week weeks month months year years day days morning afternoon evening night spring summer autumn fall winter march may season decade".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> InDates = (
        "jan feb mar apr may jun jul aug sep sept oct nov dec march mon tue wed thu fri sat sun am pm at on utc gmt").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether something between two blanks may stand in a date or a time, as <c>2025-05-08</c>, <c>13:56</c>, <c>May</c> and a dash may.</summary>
    public static bool IsOfADate(string token) =>
        token.Length == 0 || char.IsAsciiDigit(token[0]) || token.ToLowerInvariant() is var word && (InDates.Contains(word) || Month(word) > 0 || Alone.Contains(word));

    /// <summary>The number of a month; 0 for another word.</summary>
    public static int Month(string word) => Array.IndexOf(Months, word) + 1;

    /// <summary>Whether a text says when: <c>yesterday</c>, <c>last week</c>, <c>in 2019</c>, <c>on the 5th</c>.</summary>
    public static bool AreIn(string text)
    {
        var words = TextTokenizer.Split(text);
        for (var i = 0; i < words.Count; i++)
        {
            if (Alone.Contains(words[i]) || IsDate(words[i])) return true;
            if (After.Contains(words[i]) && i > 0 && (Before.Contains(words[i - 1]) || char.IsAsciiDigit(words[i - 1][0]))) return true;
        }

        return false;
    }

    // A year, "5th", "3pm".
    private static bool IsDate(string word) => char.IsAsciiDigit(word[0])
        && ((word.Length == 4 && (word.StartsWith("19", StringComparison.Ordinal) || word.StartsWith("20", StringComparison.Ordinal)) && word.All(char.IsAsciiDigit))
            || (word.Length is >= 3 and <= 4 && word.TrimStart(Digits) is "th" or "st" or "nd" or "rd" or "am" or "pm"));
}
