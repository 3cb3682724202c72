namespace System;

/// <summary>Members of later frameworks that work on text and time.</summary>
internal static class Texts
{
    private static readonly string[] LineEnds = ["\r\n", "\n", "\r"];

    extension(string)
    {
        public static string Create(IFormatProvider provider, FormattableString text) => text.ToString(provider);
    }

    extension(char)
    {
        public static bool IsAsciiDigit(char character) => character is >= '0' and <= '9';
    }

    extension(DateTime)
    {
        public static DateTime UnixEpoch => new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    }

    extension(DateTimeOffset time)
    {
        public int TotalOffsetMinutes => (int)time.Offset.TotalMinutes;
    }

    public static string[] EnumerateLines(this ReadOnlySpan<char> text) => text.ToString().Split(LineEnds, StringSplitOptions.None);

    // Ordinal is all that is asked for, and what the framework does by itself.
    public static string Replace(this string text, string old, string with, StringComparison comparison) =>
        comparison == StringComparison.Ordinal
            ? text.Replace(old, with)
            : throw new NotSupportedException($"{comparison} is not supported here.");
}
