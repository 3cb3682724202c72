namespace MemoryTriggers.Secrets;

/// <summary>
/// A quoted text right after a name: <c>invalid password 'x'</c>, <c>IDENTIFIED BY 'x'</c>, <c>PASSWORD('x')</c>,
/// <c>["--password","x"]</c>; and the part of a form with such a name.
/// </summary>
internal static class QuotedShape
{
    private const int Longest = 256;
    private static readonly string[] Strong =
        ["password", "passwd", "pwd", "passphrase", "passcode", "secret", "pin", "apikey", "otp", "by", "credential", "credentials"];

    public static SecretSpot Find(ref SecretContext context, int quote)
    {
        var text = context.Text;
        if (OfForm(text, quote, context.Floor, context.Names) is { IsFound: true } form) return form;
        if (OfArguments(text, quote, context.Floor, context.Names) is { IsFound: true } argument) return argument;
        var before = quote - 1;
        if (before < context.Floor || text[before] is not (' ' or '(')) return SecretSpot.None;
        var isCall = text[before] == '(';
        var start = AssignedName.WordStart(text, before, context.Floor);
        if (start == before || !IsStrong(text, start, before, isCall)) return SecretSpot.None;
        var end = text.IndexOf(text[quote], quote + 1, Math.Min(Longest, text.Length - quote - 1));
        if (end < 0) return SecretSpot.None;
        return HarmlessValue.Is(text, quote + 1, end, text.AsSpan(start, before - start))
            ? SecretSpot.None
            : new SecretSpot(quote + 1, end, SecretKind.Assignment);
    }

    private static bool IsStrong(string text, int start, int end, bool isCall)
    {
        foreach (var word in Strong)
        {
            if (word.Length != end - start || !SecretCharacters.Goes(text, start, word)) continue;
            if (word != "by") return !isCall || word == "password";
            return !isCall && SecretCharacters.Goes(text, start - 11, "identified ");
        }

        return false;
    }

    // name="password"\r\n\r\nx\r\n--
    private static SecretSpot OfForm(string text, int quote, int floor, SecretText names)
    {
        if (SecretText.At(text, quote + 1) is not ('\r' or '\n')) return SecretSpot.None;
        var start = quote;
        while (start > floor && quote - start < 64 && text[start - 1] != '"') start--;
        if (!SecretCharacters.Goes(text, start - 6, "name=\"") || !names.IsName(text.AsSpan(start, quote - start))) return SecretSpot.None;
        var value = quote + 1;
        var lines = 0;
        while (value < text.Length && SecretCharacters.IsLineEnd(text[value]))
        {
            if (text[value++] == '\n') lines++;
        }

        if (lines < 2) return SecretSpot.None;
        var end = text.IndexOf("\n--", value, StringComparison.Ordinal);
        if (end < 0) end = text.Length;
        while (end > value && SecretCharacters.IsLineEnd(text[end - 1])) end--;
        return end == value || HarmlessValue.Is(text, value, end, "password".AsSpan())
            ? SecretSpot.None
            : new SecretSpot(value, end, SecretKind.Assignment);
    }

    // "--password", "x"
    private static SecretSpot OfArguments(string text, int quote, int floor, SecretText names)
    {
        if (SecretText.At(text, quote + 1) != ',') return SecretSpot.None;
        var start = quote;
        while (start > floor && quote - start < 64 && SecretCharacters.IsOfToken(text[start - 1])) start--;
        if (start == quote || text[start] != '-' || start == floor || text[start - 1] != text[quote]) return SecretSpot.None;
        if (!names.IsName(text.AsSpan(start, quote - start))) return SecretSpot.None;
        var value = quote + 2;
        if (SecretText.At(text, value) == ' ') value++;
        if (SecretText.At(text, value) != text[quote] || SecretText.At(text, value + 1) == '-') return SecretSpot.None;
        var end = text.IndexOf(text[quote], value + 1);
        if (end < 0) end = text.Length;
        return end == value + 1 || HarmlessValue.Is(text, value + 1, end, text.AsSpan(start, quote - start))
            ? SecretSpot.None
            : new SecretSpot(value + 1, end, SecretKind.Assignment);
    }
}
