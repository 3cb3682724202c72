namespace MemoryTriggers.Hooks;

/// <summary>
/// A request by method, host and route: no query, no credentials, and <c>{id}</c> for every part of the path that names one thing among
/// many.
/// </summary>
internal sealed record RequestRoute(string Method, string Host, string Path)
{
    private const int LongestWord = 40;

    public static RequestRoute Of(HttpRequestMessage request)
    {
        var address = request.RequestUri;
        var host = address is { IsAbsoluteUri: true } ? address.IsDefaultPort ? address.Host : $"{address.Host}:{address.Port}" : "unknown";
        var path = request.Options.TryGetValue(HttpHookOptions.Route, out var route)
            ? route : address is { IsAbsoluteUri: true } ? Template(address.AbsolutePath) : "/";
        return new RequestRoute(request.Method.Method, host, path);
    }

    public override string ToString() => $"{Method} {Host}{Path}";

    private static string Template(string path) => string.Join('/', path.Split('/').Select(static part => IsId(part) ? "{id}" : part));

    /// <summary>Whether a part of a path names one thing among many.</summary>
    // Digits make a number, a GUID, a hash or a key of it, unless it is a word such as v2 or oauth2. What is escaped may be a name or an
    // address.
    internal static bool IsId(string part)
    {
        if (part.Length == 0) return false;
        if (part.Length > LongestWord || part.AsSpan().IndexOfAny("%@=:") >= 0) return true;
        var digits = part.Count(char.IsAsciiDigit);
        return digits > 1 && !IsVersion(part) || digits == 1 && (part.Length > 8 || !char.IsAsciiLetter(part[0]));
    }

    private static bool IsVersion(string part) => part is ['v' or 'V', >= '0' and <= '9', ..] && part.Length <= 5;
}
