namespace MemoryTriggers.Secrets;

/// <summary>
/// Keys in PEM (RFC 7468), also on one line, in JSON, and cut off. Certificates, public keys and signatures are no secrets.
/// </summary>
internal static class PemShape
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const int MaxLabel = 64;

    public static SecretSpot Find(string text, int at)
    {
        if (string.CompareOrdinal(text, at, Begin, 0, Begin.Length) != 0) return SecretSpot.None;
        var label = at + Begin.Length;
        var labelEnd = text.IndexOf("-----", label, Math.Min(MaxLabel, text.Length - label), StringComparison.Ordinal);
        if (labelEnd < 0 || !IsSecret(text, label, labelEnd)) return SecretSpot.None;

        var end = text.IndexOf(End, labelEnd, StringComparison.Ordinal);
        if (end < 0) return new SecretSpot(at, text.Length, SecretKind.Key);
        end += End.Length;
        var close = text.IndexOf("-----", end, Math.Min(MaxLabel, text.Length - end), StringComparison.Ordinal);
        return new SecretSpot(at, close < 0 ? text.Length : close + 5, SecretKind.Key);
    }

    private static bool IsSecret(string text, int start, int end)
    {
        if (Has("PRIVATE") || Has("SECRET")) return true;
        return !Has("PUBLIC") && !Has("CERTIFICATE") && !Has("SIGNATURE") && !Has("CRL") && !Has("PARAMETERS") && !Has("MESSAGE")
            && !Has("CMS") && !Has("PKCS7");

        bool Has(string word) => text.IndexOf(word, start, end - start, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
