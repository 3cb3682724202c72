using System.Collections.Frozen;

namespace MemoryTriggers.Ranking.Talks;

/// <summary>The words by which people say how many.</summary>
internal static class NumberWords
{
    private static readonly FrozenSet<string> Words = (
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty " +
        "seventy eighty ninety hundred thousand million dozen half twice couple few several percent once none zero").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool AreIn(string text) => TextTokenizer.Split(text).Exists(static word => char.IsAsciiDigit(word[0]) || Words.Contains(word));
}
