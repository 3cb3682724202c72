namespace MemoryTriggers.Secrets;

/// <summary>Schemes of authorization before their credentials: <c>Bearer x</c>, <c>Basic eA==</c>, wherever they are.</summary>
internal static class HeaderShape
{
    private const int ShortestBearer = 6;
    private const int LongestDecoded = 512;

    // After these there is exactly one credential, or a list of parameters.
    private static readonly string[] Single =
        ["bearer", "basic", "token", "negotiate", "ntlm", "apikey", "api-key", "key", "jwt", "dpop", "splunk", "sso-key", "ghost", "bot"];

    private static readonly string[] Lists =
        ["digest", "hawk", "mac", "oauth", "sharedkey", "sharedkeylite", "sharedaccesssignature", "aws4-hmac-sha256", "aws", "signature"];

    public static SecretSpot Find(string text, int at, int floor)
    {
        var isBearer = SecretCharacters.Goes(text, at, "bearer");
        if (!isBearer && !SecretCharacters.Goes(text, at, "basic") || !SecretCharacters.BeginsWord(text, at)) return SecretSpot.None;
        var start = at + (isBearer ? 6 : 5);
        var afterScheme = start;
        while (start < text.Length && (SecretCharacters.IsSpace(text[start]) || text[start] is '"' or '\'')) start++;
        if (SecretCharacters.Goes(text, start, "%20")) start += 3;
        if (start == afterScheme || start < floor) return SecretSpot.None;

        var end = CredentialEnd(text, start);
        // A challenge: realm="x".
        if (end < text.Length && text[end] == '"' && IsParameter(text, start, end)) return SecretSpot.None;
        var isSecret = isBearer ? IsBearer(text, start, end) : IsBasic(text, start, end);
        return isSecret ? new SecretSpot(start, end, SecretKind.Header) : SecretSpot.None;
    }

    /// <summary>The credentials in the value of an authorization header: without the scheme, where it is a known one.</summary>
    public static (int Start, int End) Credentials(string text, int start, int lineEnd)
    {
        var wordEnd = start;
        while (wordEnd < lineEnd && !SecretCharacters.IsSpace(text[wordEnd])) wordEnd++;
        var next = wordEnd;
        while (next < lineEnd && SecretCharacters.IsSpace(text[next])) next++;
        if (next >= lineEnd) return (start, wordEnd);
        if (Is(Lists, text, start, wordEnd)) return (next, lineEnd);
        if (!Is(Single, text, start, wordEnd)) return (start, wordEnd);
        var end = next;
        while (end < lineEnd && !SecretCharacters.IsSpace(text[end]) && text[end] is not (',' or ';')) end++;
        return (next, end);
    }

    public static int CredentialEnd(string text, int from)
    {
        while (from < text.Length && SecretCharacters.IsOfCredential(text[from])) from++;
        // The end of a sentence.
        return from > 0 && text[from - 1] == '.' ? from - 1 : from;
    }

    // A name before a quote; Base64 may end with the same mark.
    private static bool IsParameter(string text, int start, int end)
    {
        if (text[end - 1] != '=' || end - start > 20) return false;
        for (var at = start; at < end - 1; at++)
        {
            if (text[at] is not (>= 'a' and <= 'z' or '_')) return false;
        }

        return true;
    }

    // "bearer token required" is prose.
    private static bool IsBearer(string text, int start, int end)
    {
        if (end - start < ShortestBearer) return false;
        for (var at = start; at < end; at++)
        {
            if (SecretCharacters.IsDigit(text[at]) || text[at] is '_' or '.' or '+' or '=' or '~') return true;
            if (at > start && text[at] is >= 'A' and <= 'Z') return true;
            if (text[at] == '-' && end - start >= 12) return true;
        }

        return end - start >= 24;
    }

    private static bool IsBasic(string text, int start, int end)
    {
        var length = end - start;
        if (length < 4 || length > LongestDecoded) return length > LongestDecoded;
        var encoded = text.Substring(start, length).TrimEnd('=').Replace('-', '+').Replace('_', '/');
        if (encoded.Length % 4 == 1 || encoded.IndexOf('.') >= 0 || encoded.IndexOf('~') >= 0 || encoded.IndexOf('=') >= 0) return false;
        var decoded = Convert.FromBase64String(encoded.PadRight((encoded.Length + 3) / 4 * 4, '='));
        return Array.IndexOf(decoded, (byte)':') >= 0;
    }

    private static bool Is(string[] words, string text, int start, int end)
    {
        foreach (var word in words)
        {
            if (word.Length == end - start && SecretCharacters.Goes(text, start, word)) return true;
        }

        return false;
    }
}
