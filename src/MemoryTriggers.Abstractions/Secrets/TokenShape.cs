namespace MemoryTriggers.Secrets;

/// <summary>Tokens by how they begin, JSON web tokens (RFC 7519), and client secrets of Entra.</summary>
internal static class TokenShape
{
    /// <summary>At the mark with which a prefix ends.</summary>
    public static SecretSpot AtMark(string text, int at, int floor)
    {
        var prefixes = text[at] switch
        {
            '_' => TokenPrefixes.Underscore,
            '-' => TokenPrefixes.Hyphen,
            _ => TokenPrefixes.Dot,
        };
        // What follows in one word, or nothing.
        if (!SecretCharacters.IsLetterOrDigit(SecretText.At(text, at + 1))) return SecretSpot.None;
        foreach (var prefix in prefixes)
        {
            if (Ends(text, at, floor, prefix.Text) && Find(text, at + 1 - prefix.Text.Length, prefix) is { IsFound: true } found)
                return found;
        }

        return SecretSpot.None;
    }

    /// <summary>At a letter: <c>AKIA...</c>, the J of <c>eyJ...</c>, the ~ in a client secret.</summary>
    public static SecretSpot AtLetter(string text, int at, int floor)
    {
        if (text[at] == 'J') return Jwt(text, at - 2, floor);
        if (text[at] == '~') return ClientSecret(text, at, floor);
        if (!SecretCharacters.BeginsWord(text, at)) return SecretSpot.None;
        foreach (var prefix in TokenPrefixes.Letters)
        {
            if (string.CompareOrdinal(text, at, prefix.Text, 0, prefix.Text.Length) != 0) continue;
            var found = Find(text, at, prefix);
            if (found.IsFound && (prefix.Text[1] is not 'K' and not 'S' and not 'B' and not 'C' || IsCapital(text, found))) return found;
        }

        return SecretSpot.None;
    }

    /// <summary>The token of a bot of Telegram: <c>123456789:AA...</c>.</summary>
    public static SecretSpot OfChat(string text, int colon, int floor)
    {
        if (SecretText.At(text, colon + 1) != 'A' || SecretText.At(text, colon + 2) != 'A') return SecretSpot.None;
        var start = colon;
        while (start > floor && colon - start < 12 && SecretCharacters.IsDigit(text[start - 1])) start--;
        var end = SecretCharacters.TokenEnd(text, colon + 1);
        return colon - start is >= 8 and <= 11 && end - colon > 30 ? new SecretSpot(start, end, SecretKind.Token) : SecretSpot.None;
    }

    private static SecretSpot Find(string text, int start, TokenPrefix prefix)
    {
        var body = start + prefix.Text.Length;
        var end = body;
        while (end < text.Length && (SecretCharacters.IsOfToken(text[end]) || text[end] is '.' or '=' && end > body)) end++;
        while (end > body && text[end - 1] is '.' or '-') end--;
        if (end - body < prefix.Shortest) return SecretSpot.None;
        if (prefix.NeedsDigit && !IsRandom(text, body, end)) return SecretSpot.None;
        return new SecretSpot(start, end, SecretKind.Token);
    }

    // A name that happens to begin so has words: "npm_config_registry".
    private static bool IsRandom(string text, int start, int end)
    {
        int digits = 0, joints = 0;
        for (var at = start; at < end; at++)
        {
            if (SecretCharacters.IsDigit(text[at])) digits++;
            else if (text[at] is '_' or '-' or '.') joints++;
        }

        return digits >= 2 && joints * 8 <= end - start;
    }

    private static SecretSpot Jwt(string text, int start, int floor)
    {
        if (start < floor || text[start] != 'e' || text[start + 1] != 'y' || !BeginsToken(text, start)) return SecretSpot.None;
        var end = SecretCharacters.TokenEnd(text, start);
        if (end - start < 10) return SecretSpot.None;
        // Header and claims; the signature may be missing, an encrypted one has five parts.
        var parts = 1;
        while (parts < 5 && SecretText.At(text, end) == '.' && SecretCharacters.IsOfToken(SecretText.At(text, end + 1)))
        {
            end = SecretCharacters.TokenEnd(text, end + 1);
            parts++;
        }

        return parts > 1 ? new SecretSpot(start, end, SecretKind.Token) : SecretSpot.None;
    }

    // Three characters, a digit, Q and ~, then more than thirty.
    private static SecretSpot ClientSecret(string text, int at, int floor)
    {
        var start = at - 5;
        if (start < floor || text[at - 1] != 'Q' || !SecretCharacters.IsDigit(text[at - 2])) return SecretSpot.None;
        var end = at + 1;
        while (end < text.Length && (SecretCharacters.IsOfToken(text[end]) || text[end] is '.' or '~')) end++;
        return end - at > 30 ? new SecretSpot(start, end, SecretKind.Token) : SecretSpot.None;
    }

    private static bool Ends(string text, int at, int floor, string prefix)
    {
        var start = at + 1 - prefix.Length;
        return start >= floor && text[at - 1] == prefix[prefix.Length - 2]
            && string.CompareOrdinal(text, start, prefix, 0, prefix.Length) == 0
            && BeginsToken(text, start);
    }

    private static bool BeginsToken(string text, int start) =>
        start == 0 || !SecretCharacters.IsLetterOrDigit(text[start - 1]) && text[start - 1] is not ('_' or '-' or '.');

    private static bool IsCapital(string text, SecretSpot spot)
    {
        for (var at = spot.Start; at < spot.End; at++)
        {
            // Keys of Twilio are hexadecimal.
            if (text[at] is not (>= 'A' and <= 'Z' or >= '0' and <= '9' or >= 'a' and <= 'f')) return false;
        }

        return true;
    }
}
