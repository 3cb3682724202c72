using System.Buffers;
using System.Text.RegularExpressions;

namespace MemoryTriggers.Decoding;

/// <summary>
/// Replaces personal data in text that is searched: e-mail addresses, card numbers, IBANs and telephone numbers. The form alone decides
/// for addresses and telephone numbers; card numbers and IBANs need their check digits as well. docs/triggers.md has the rules.
/// Thread-safe.
/// </summary>
internal static partial class PersonalData
{
    public const string Email = "[email]";
    public const string Card = "[card]";
    public const string Iban = "[iban]";
    public const string Phone = "[phone]";

    private const int FewestDigits = 8;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>The text with marks in place of personal data.</summary>
    public static string Mask(string text)
    {
        if (text.Contains('@')) text = Emails().Replace(text, Email);
        if (!HasManyDigits(text)) return text;
        text = Ibans().Replace(text, static match => Masked(match.Value, Iban, IsIban));
        text = Cards().Replace(text, static match => Masked(match.Value, Card, IsCard));
        return Phones().Replace(text, static match => Masked(match.Value, Phone, IsPhone));
    }

    // What follows a number in groups may look like one more group.
    private static string Masked(string text, string mark, Func<string, bool> isOne)
    {
        for (var end = text.Length; end > 0; end = text.LastIndexOfAny([' ', '-'], end - 1))
        {
            if (isOne(text[..end])) return mark + text[end..];
        }

        return text;
    }

    private static bool HasManyDigits(ReadOnlySpan<char> text)
    {
        for (var found = 0; text.IndexOfAny(Digits) is >= 0 and var at; text = text[(at + 1)..])
        {
            if (++found == FewestDigits) return true;
        }

        return false;
    }

    // ISO/IEC 7812-1: 13 to 19 digits, the first one that of a card's industry (2 to 6), the last one a check digit (Luhn).
    private static bool IsCard(string text)
    {
        var (sum, count) = (0, 0);
        for (var at = text.Length - 1; at >= 0; at--)
        {
            if (!char.IsAsciiDigit(text[at])) continue;
            var digit = text[at] - '0';
            if (count++ % 2 == 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }

        return count is >= 13 and <= 19 && sum % 10 == 0;
    }

    // ISO 13616: the first four characters go to the end, letters count from 10, and the remainder by 97 is 1 (ISO 7064, MOD 97-10).
    private static bool IsIban(string text)
    {
        Span<char> plain = stackalloc char[text.Length];
        var length = 0;
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character)) plain[length++] = char.ToUpperInvariant(character);
        }

        if (length is < 15 or > 34) return false;
        var remainder = 0;
        for (var index = 0; index < length; index++)
        {
            var character = plain[(index + 4) % length];
            remainder = char.IsAsciiDigit(character)
                ? (remainder * 10 + (character - '0')) % 97
                : (remainder * 100 + (character - 'A' + 10)) % 97;
        }

        return remainder == 1;
    }

    // E.164: at most 15 digits.
    private static bool IsPhone(string text) => text.Count(char.IsAsciiDigit) is >= FewestDigits and <= 15;

    // A simple form of the addr-spec of RFC 5322: unquoted, at a name with a dot in it.
    [GeneratedRegex(
        @"(?<![\p{L}\p{N}._%+~-])[\p{L}\p{N}._%+~-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})(?:\.[\p{L}\p{N}][\p{L}\p{N}-]{0,62})+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Emails();

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}])(?:(?i:[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30})" +
        @"|[A-Z]{2}[0-9]{2}(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,4})?)(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex Ibans();

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}_.-])(?:[2-6][0-9]{12,18}" +
        @"|[2-6][0-9]{3}[ -][0-9]{4,6}[ -][0-9]{4,5}(?:[ -][0-9]{4})?(?:[ -][0-9]{1,3})?)(?![\p{L}\p{N}_])", RegexOptions.CultureInvariant)]
    private static partial Regex Cards();

    // International (+49 30 1234567, 0049 30 1234567), North American ((555) 223-4567, 555-223-4567), national with a leading zero and a
    // separator after the area (030 1234567, 0171/1234567). Ids and dates have none of these forms.
    [GeneratedRegex(
        @"(?<![\p{L}\p{N}_+./-])(?:\+[1-9](?:[ ./-]?\(?[0-9]\)?){7,14}" +
        @"|00[1-9][0-9]{0,2}[ /-][0-9](?:[ ./-]?[0-9]){5,12}" +
        @"|(?:1[ .-])?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[ .-][0-9]{4}" +
        @"|\(?0[1-9][0-9]{1,3}\)?[ /-][0-9]{3,8}(?:[ -][0-9]{2,4})*)(?![\p{L}\p{N}_])", RegexOptions.CultureInvariant)]
    private static partial Regex Phones();
}
