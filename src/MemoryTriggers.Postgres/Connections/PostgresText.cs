using System.Buffers;
using System.Globalization;
using System.Text;

namespace MemoryTriggers.Postgres.Connections;

/// <summary>
/// Text as PostgreSQL can keep it. It refuses NUL, and UTF-8 has no place for half of a surrogate pair. Both are written with an escape
/// character (U+001A, SUBSTITUTE) and read back as they were: <c>␚0</c> is NUL, <c>␚d83d</c> a lone surrogate, <c>␚␚</c> the escape
/// character itself. Different texts stay different, so that filters compare the written form.
/// </summary>
internal static class PostgresText
{
    private const char Escape = '\u001a';
    private const int SurrogateDigits = 4;
    private static readonly SearchValues<char> Special = SearchValues.Create('\0', Escape);

    public static string Write(string text) => IsPlain(text) ? text : WriteEscaped(text);

    public static string? WriteOrNull(string? text) => text is null ? null : Write(text);

    public static string Read(string text)
    {
        if (!text.Contains(Escape)) return text;

        var read = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == Escape && i + 1 < text.Length) i += ReadEscape(text, i, read);
            else read.Append(text[i++]);
        }

        return read.ToString();
    }

    private static bool IsPlain(string text) =>
        text.AsSpan().IndexOfAny(Special) < 0 && (text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 || IsWellFormed(text));

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!IsPair(text, i)) return false;
            i++;
        }

        return true;
    }

    private static bool IsPair(string text, int index) => index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);

    private static string WriteEscaped(string text)
    {
        var written = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == '\0') written.Append(Escape).Append('0');
            else if (letter == Escape) written.Append(Escape, 2);
            else if (!char.IsSurrogate(letter)) written.Append(letter);
            else if (IsPair(text, i)) written.Append(letter).Append(text[++i]);
            else written.Append(Escape).Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
        }

        return written.ToString();
    }

    /// <returns>How many characters the escape has.</returns>
    private static int ReadEscape(string text, int at, StringBuilder into)
    {
        switch (text[at + 1])
        {
            case '0':
                into.Append('\0');
                return 2;
            case 'd' when at + SurrogateDigits < text.Length
                && int.TryParse(text.AsSpan(at + 1, SurrogateDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                    out var code):
                into.Append((char)code);
                return 1 + SurrogateDigits;
            default:
                into.Append(text[at + 1]);
                return 2;
        }
    }
}
