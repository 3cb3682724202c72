namespace MemoryTriggers.Secrets;

/// <summary>Credentials in addresses: <c>https://user:secret@host</c>, and addresses that are secrets themselves.</summary>
internal static class AddressShape
{
    private const int LongestInfo = 512;
    private const int ShortestToken = 16;
    private static readonly string[] Hooks =
        ["/services/T", "/api/webhooks/", "/webhookb2/", "/workflows/T", "/triggers/T"];

    /// <summary>The user information of an address with a scheme.</summary>
    public static SecretSpot Find(string text, int colon, int floor)
    {
        var start = colon + 3;
        var colons = 0;
        if (colon == floor || colon == 0 || !SecretCharacters.IsLetterOrDigit(text[colon - 1])) return SecretSpot.None;
        var at = -1;
        for (var index = start; index < text.Length && index - start < LongestInfo; index++)
        {
            var character = text[index];
            if (char.IsWhiteSpace(character) || character is '"' or '\'' or '<' or '>' or '`') break;
            if (character == '@') at = index;
            // A password may hold what should be escaped; after the first '@' the host begins.
            else if (character is '/' or '?' or '#' && (at >= 0 || colons == 0 || IsPort(text, colons + 1, index))) break;
            else if (character == ':' && colons == 0) colons = index;
        }

        if (at < 0 || at == start || !IsHost(text, at + 1)) return SecretSpot.None;
        if (text.IndexOf(SecretText.Mark, start, at - start, StringComparison.Ordinal) >= 0 || IsPlaceholder(text, start, at))
            return SecretSpot.None;

        // "git@", and a name alone, is no secret; a token is.
        return colons > 0 && colons < at || at - start >= ShortestToken && SecretCharacters.HasDigit(text, start, at)
            ? new SecretSpot(start, at, SecretKind.Address)
            : SecretSpot.None;
    }

    /// <summary>Addresses to which every reader can write: webhooks of chats.</summary>
    public static SecretSpot OfHook(string text, int slash, int floor)
    {
        if (SecretText.At(text, slash + 1) is not ('s' or 'a' or 'w' or 't')) return SecretSpot.None;
        foreach (var hook in Hooks)
        {
            if (string.CompareOrdinal(text, slash, hook, 0, hook.Length) != 0) continue;
            var start = slash + hook.LastIndexOf('/') + 1;
            var end = start;
            while (end < text.Length && (SecretCharacters.IsOfToken(text[end]) || text[end] is '/' or '@')) end++;
            return start >= floor && end - start >= ShortestToken && SecretCharacters.HasDigit(text, start, end)
                ? new SecretSpot(start, end, SecretKind.Address)
                : SecretSpot.None;
        }

        return SecretSpot.None;
    }

    private static bool IsPort(string text, int start, int end)
    {
        while (start < end && SecretCharacters.IsDigit(text[start])) start++;
        return start == end;
    }

    private static bool IsHost(string text, int at) =>
        at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '[' or '{' or '$');

    // "{user}:{password}@", "$USER:$TOKEN@".
    private static bool IsPlaceholder(string text, int start, int end)
    {
        var colon = text.IndexOf(':', start, end - start);
        var secret = colon < 0 ? start : colon + 1;
        return secret < end && (text[secret] is '$' or '{' or '<' or '%' && text[end - 1] is '}' or '>' or '%'
            || text[secret] == '$' && SecretCharacters.TokenEnd(text, secret + 1) == end || IsStars(text, secret, end));
    }

    private static bool IsStars(string text, int start, int end)
    {
        for (var index = start; index < end; index++)
        {
            if (text[index] is not ('*' or 'x' or 'X' or '.')) return false;
        }

        return true;
    }
}
