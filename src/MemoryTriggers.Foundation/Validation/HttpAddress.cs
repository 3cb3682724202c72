namespace MemoryTriggers.Validation;

/// <summary>The rule for every address that the library calls, whether it comes from code, a file, a policy or the command line.</summary>
internal static class HttpAddress
{
    private const string Hidden = "***";

    /// <param name="text">An address.</param>
    /// <param name="isBase">Whether paths are appended to it, so that a query would be lost.</param>
    /// <returns>What is wrong with it, without anything of it; <see langword="null"/> when nothing is.</returns>
    public static string? Problem(string text, bool isBase = false)
    {
        // The parser would trim or escape them: what is called would not be what was written.
        if (text.Any(static letter => char.IsWhiteSpace(letter) || char.IsControl(letter))) return "must not have white space";
        if (!IsHttp(text)) return "must be an address that begins with https:// or http://";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)) return "must be an address with a valid host and port";
        if (address.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6))
            return "must have a valid host";
        if (AuthorityOf(text).Contains('@', StringComparison.Ordinal)) return "must not have a user name or a password";
        if (text.Contains('#', StringComparison.Ordinal)) return "must not have a fragment (#), which is never sent";
        return isBase && text.Contains('?', StringComparison.Ordinal) ? "must not have a query (?)" : null;
    }

    /// <summary>An address for a message: without user name, password, path and query, each of which may be a secret.</summary>
    public static string Show(string text)
    {
        var start = AuthorityStart(text);
        var at = text.LastIndexOf('@');
        var (from, user) = at < start ? (start, "") : (at + 1, Hidden + '@');
        var end = text.AsSpan(from).IndexOfAny('/', '?', '#');
        var host = end < 0 ? text[from..] : text[from..(from + end)];
        var rest = end < 0 || text[(from + end)..] == "/" ? "" : "/" + Hidden;
        return string.Concat(text.AsSpan(0, start), user, host, rest);
    }

    private static bool IsHttp(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static string AuthorityOf(string text)
    {
        var start = AuthorityStart(text);
        var end = text.AsSpan(start).IndexOfAny("/?#\\");
        return end < 0 ? text[start..] : text[start..(start + end)];
    }

    private static int AuthorityStart(string text) =>
        text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + "://".Length : 0;
}
