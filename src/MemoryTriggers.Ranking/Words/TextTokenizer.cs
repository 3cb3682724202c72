using System.Globalization;
using System.Text;

namespace MemoryTriggers.Ranking;

/// <summary>
/// Splits text as SQLite's <c>unicode61</c> tokenizer does: runs of letters, digits and private-use characters,
/// in lower case and without diacritics. Everything else separates.
/// </summary>
internal static class TextTokenizer
{
    private const int FinalSigma = 'ς';

    public static List<string> Split(string text)
    {
        if (Ascii.IsValid(text)) return SplitAscii(text);

        var tokens = new List<string>();
        var token = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsTokenRune(rune)) token.Append(Fold(rune));
            else if (!IsMark(rune)) Flush(token, tokens);
        }

        Flush(token, tokens);
        return tokens;
    }

    public static bool IsTokenRune(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.PrivateUse;

    /// <summary>Whether the script of this character is written without spaces, so that a word is not a token.</summary>
    public static bool IsUnspaced(Rune rune) => rune.Value switch
    {
        >= 0x0E00 and <= 0x0EFF => true,     // Thai, Lao
        >= 0x1000 and <= 0x109F => true,     // Myanmar
        >= 0x1780 and <= 0x17FF => true,     // Khmer
        >= 0x3040 and <= 0x30FF => true,     // Hiragana, Katakana
        >= 0x3400 and <= 0x4DBF => true,     // Han, extension A
        >= 0x4E00 and <= 0x9FFF => true,     // Han
        >= 0xF900 and <= 0xFAFF => true,     // Han, compatibility
        >= 0x20000 and <= 0x323AF => true,   // Han, further extensions
        _ => false,
    };

    // A combining mark neither separates nor counts: that is how an accent on its own disappears.
    private static bool IsMark(Rune rune) => rune.Value is >= 0x0300 and <= 0x036F;

    // The same, without looking at each character as Unicode has it: most lines are plain.
    private static List<string> SplitAscii(string text)
    {
        var tokens = new List<string>();
        for (var at = 0; NextAscii(text, ref at, out var token);) tokens.Add(text[token].ToLowerInvariant());
        return tokens;
    }

    /// <summary>The next token of a text that is ASCII, where it stands, in the letters that it is written in.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where to look from; behind the token afterwards.</param>
    /// <param name="token">Where it is.</param>
    /// <returns><see langword="false"/> at the end.</returns>
    public static bool NextAscii(ReadOnlySpan<char> text, ref int at, out Range token)
    {
        while (at < text.Length && !char.IsAsciiLetterOrDigit(text[at])) at++;
        var start = at;
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at])) at++;
        token = start..at;
        return at > start;
    }

    private static void Flush(StringBuilder token, List<string> tokens)
    {
        if (token.Length > 0) tokens.Add(token.ToString());
        token.Clear();
    }

    private static string Fold(Rune rune)
    {
        var lower = Rune.ToLowerInvariant(rune);
        if (lower.IsAscii) return AsciiText[lower.Value];

        if (lower.Value == FinalSigma) return "σ";
        return LatinLetters.WithoutAccent(lower.Value) is { } letter ? AsciiText[letter] : lower.ToString();
    }

    private static readonly string[] AsciiText = [.. Enumerable.Range(0, 128).Select(value => ((char)value).ToString())];
}
