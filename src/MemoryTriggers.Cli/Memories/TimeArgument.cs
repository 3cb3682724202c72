using System.CommandLine.Parsing;
using System.Globalization;

namespace MemoryTriggers.Cli.Memories;

/// <summary>Times and spans as people type them: <c>2026-11-21</c>, <c>2026-11-21T08:30Z</c>, <c>90m</c>, <c>2h</c>, <c>7d</c>.</summary>
internal static class TimeArgument
{
    /// <summary>A moment; a span counts back from now, and a time without a zone is UTC.</summary>
    public static DateTimeOffset? ParseMoment(ArgumentResult result)
    {
        if (result.Tokens is not [var token]) return null;
        if (Span(token.Value) is { } span) return TimeProvider.System.GetUtcNow() - span;
        if (DateTimeOffset.TryParse(token.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return moment.ToUniversalTime();
        result.AddError($"'{token.Value}' is no time. Write 2026-11-21, 2026-11-21T08:30Z, or 90m, 2h or 7d for so long ago.");
        return null;
    }

    public static TimeSpan? ParseSpan(ArgumentResult result)
    {
        if (result.Tokens is not [var token]) return null;
        if (Span(token.Value) is { } span) return span;
        result.AddError($"'{token.Value}' is no length of time. Write 30s, 90m, 2h or 7d.");
        return null;
    }

    private static TimeSpan? Span(string text)
    {
        if (text.Length < 2
            || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var number)) return null;
        var seconds = number * text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, 'w' => 604_800, _ => double.NaN };
        return seconds is >= 0 and < 1e10 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
