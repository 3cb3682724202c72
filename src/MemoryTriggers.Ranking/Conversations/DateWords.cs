using System.Collections.Frozen;
using System.Globalization;

namespace MemoryTriggers.Ranking.Conversations;

/// <summary>The words of a written date, as the invariant culture names months and days.</summary>
internal static class DateWords
{
    private static readonly DateTimeFormatInfo Format = DateTimeFormatInfo.InvariantInfo;
    private static readonly string[] Months = [.. Format.MonthNames[..12].Select(static name => name.ToLowerInvariant())];

    private static readonly FrozenSet<string> All = Months
        .Concat(Format.AbbreviatedMonthNames)
        .Concat(Format.DayNames)
        .Concat(Format.AbbreviatedDayNames)
        .Concat([Format.AMDesignator, Format.PMDesignator, "sept", "at", "on", "utc", "gmt", "today", "yesterday"])
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a word without blanks may be part of a date or a time, as <c>2025-05-08</c>, <c>13:56</c>, <c>May</c> and a dash may.
    /// </summary>
    public static bool Contain(string word) => word.Length == 0 || char.IsAsciiDigit(word[0]) || All.Contains(word);

    /// <summary>The number of a month by its name in lower case; 0 for another word.</summary>
    public static int Month(string word) => Array.IndexOf(Months, word) + 1;

    /// <summary>A year from 1900 to 2099; <see langword="null"/> for another word.</summary>
    public static int? Year(string word) =>
        word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and < 2100
            ? year
            : null;
}
