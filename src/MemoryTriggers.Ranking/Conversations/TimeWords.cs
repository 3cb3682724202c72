using System.Collections.Frozen;

namespace MemoryTriggers.Ranking.Conversations;

/// <summary>Recognizes words that tell a time.</summary>
/// <param name="times">Words that tell one alone.</param>
/// <param name="beforeUnits">Words that make a time of the unit after them.</param>
/// <param name="units">Units of time; a number before one makes a time of it, too.</param>
internal sealed class TimeWords(FrozenSet<string> times, FrozenSet<string> beforeUnits, FrozenSet<string> units)
{
    private static readonly char[] Digits = [.. "0123456789"];

    public bool AreIn(string text)
    {
        var words = TextTokenizer.Split(text);
        for (var i = 0; i < words.Count; i++)
        {
            if (times.Contains(words[i]) || IsDate(words[i])) return true;
            if (i > 0 && units.Contains(words[i]) && IsBeforeUnit(words[i - 1])) return true;
        }

        return false;
    }

    private bool IsBeforeUnit(string word) => beforeUnits.Contains(word) || char.IsAsciiDigit(word[0]);

    // A year, "5th", "3pm".
    private static bool IsDate(string word) => char.IsAsciiDigit(word[0]) && (DateWords.Year(word) is not null || HasDateEnding(word));

    private static bool HasDateEnding(string word) =>
        word.Length is 3 or 4 && word.TrimStart(Digits) is "th" or "st" or "nd" or "rd" or "am" or "pm";
}
