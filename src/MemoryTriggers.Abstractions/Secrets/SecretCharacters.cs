namespace MemoryTriggers.Secrets;

/// <summary>Kinds of characters, of ASCII only.</summary>
internal static class SecretCharacters
{
    public static bool IsLetter(char character) => (uint)((character | 0x20) - 'a') <= 'z' - 'a';

    public static bool IsDigit(char character) => (uint)(character - '0') <= 9;

    public static bool IsLetterOrDigit(char character) => IsLetter(character) || IsDigit(character);

    /// <summary>Of a token: Base64 for addresses.</summary>
    public static bool IsOfToken(char character) => IsLetterOrDigit(character) || character is '-' or '_';

    /// <summary>Of Base64 in both forms, and of what is joined in headers.</summary>
    public static bool IsOfCredential(char character) => IsOfToken(character) || character is '+' or '/' or '=' or '.' or '~';

    public static bool IsSpace(char character) => character is ' ' or '\t' or '\u00a0';

    public static bool IsLineEnd(char character) => character is '\n' or '\r';

    /// <summary>Whether no word goes on before this place.</summary>
    public static bool BeginsWord(string text, int at) => at == 0 || !char.IsLetterOrDigit(text[at - 1]) && text[at - 1] != '_';

    /// <summary>Where what a token consists of ends.</summary>
    public static int TokenEnd(string text, int from)
    {
        while (from < text.Length && IsOfToken(text[from])) from++;
        return from;
    }

    public static bool HasDigit(string text, int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            if (IsDigit(text[at])) return true;
        }

        return false;
    }

    /// <summary>Whether the text goes on with this at a place, in any case.</summary>
    public static bool Goes(string text, int at, string on) =>
        at >= 0 && at + on.Length <= text.Length && string.Compare(text, at, on, 0, on.Length, StringComparison.OrdinalIgnoreCase) == 0;
}
