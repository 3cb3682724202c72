using System.Text.RegularExpressions;

namespace MemoryTriggers.Errors;

/// <summary>The message of an exception without what differs from time to time.</summary>
internal static partial class ErrorMessage
{
    private const int MaxLength = 500;
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // The first match counts, so the longer forms come first. Each is linear: no part can match in two ways.
    private const string ChangingPattern =
        """
        (?<path>(?<=['"])(?:[a-z]:)?[\\/][^'"]*(?=['"]))
        |(?<url>\b[a-z][a-z0-9+.-]{1,20}://[^\s'"<>)\]]+)
        |(?<id>\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)
        |(?<time>\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)
        |(?<time>\b\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\b)
        |(?<address>\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b)
        |(?<path>(?:\b[a-z]:|(?<=^|[\s'"(=]))(?:[\\/][\w.+@~%-]+)+[\\/]?)
        |(?<number>\b0x[0-9a-f]+\b|\b(?=[a-f]*\d)[0-9a-f]{8,}\b)
        |(?<number>\d+(?:[.,]\d+)*)
        """;

    private const string SpacesPattern = @"\s+";

    private static readonly string[] Parts = ["path", "url", "id", "time", "address", "number"];

    public static string Normalize(string message)
    {
        if (message.Length > MaxLength) message = message[..MaxLength];
        var text = Changing().Replace(message, static match => Array.Find(Parts, part => match.Groups[part].Success) switch
        {
            { } name => $"<{name}>",
            null => "",
        });
        return Spaces().Replace(text, " ").Trim();
    }

    [GeneratedRegex(ChangingPattern, Options)]
    private static partial Regex Changing();

    [GeneratedRegex(SpacesPattern)]
    private static partial Regex Spaces();
}
