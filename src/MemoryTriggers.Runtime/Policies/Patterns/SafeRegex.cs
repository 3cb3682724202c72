using System.Text.RegularExpressions;

namespace MemoryTriggers.Policies;

/// <summary>
/// Regular expressions that cannot hang: in time linear to the text where the expression allows that, and with a limit of time where it
/// needs backtracking (look-around, back-references).
/// </summary>
internal static class SafeRegex
{
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(100);

    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public static Regex Create(string pattern, bool ignoreCase = false)
    {
        var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, TimeLimit);
        }
    }

    /// <returns>The problem, or <see langword="null"/>.</returns>
    public static string? Problem(string pattern)
    {
        try
        {
            _ = Create(pattern);
            return null;
        }
        catch (RegexParseException exception)
        {
            return $"not a regular expression: {exception.Message}";
        }
    }
}
