using System.Text;
using System.Text.RegularExpressions;

namespace MemoryTriggers.Secrets;

/// <summary>
/// Takes secrets out of texts by their shape. One pass from mark to mark, such as <c>=</c> or <c>-</c>; what is around a mark is read
/// within bounds, and nothing is read twice from the same place on, so that the time is linear. Thread-safe.
/// </summary>
/// <param name="names">Names that are secrets in this program only.</param>
/// <param name="patterns">Patterns of its own; what they match is a secret.</param>
internal sealed class SecretText(IEnumerable<string>? names = null, IReadOnlyList<Regex>? patterns = null)
{
    private static volatile SecretText? _captured = Usual;

    /// <summary>What replaces a secret.</summary>
    public const string Mark = "[sensitive]";

    private readonly string[] _names =
        [.. (names ?? []).Select(static name => Letters(name.AsSpan())).Where(static name => name.Length > 0)];

    private readonly IReadOnlyList<Regex> _patterns = patterns ?? [];

    /// <summary>That of a program without names of its own.</summary>
    public static SecretText Usual => UsualText.Instance;

    /// <summary>
    /// What texts pass on their way into a record, and so into the journal; <see langword="null"/> when they are left to those who read it.
    /// Of the whole process.
    /// </summary>
    public static SecretText? Captured
    {
        get => _captured;
        set => _captured = value;
    }

    /// <summary>Whether what is under this name is a secret.</summary>
    public bool IsName(ReadOnlySpan<char> name) => SecretNames.Contains(name) || _names.Length > 0 && IsOwnName(name);

    /// <summary>The text without secrets: the same instance when it has none.</summary>
    public string Mask(string text)
    {
        text = EscapedText.Is(text) ? MaskEscaped(text) : MaskShapes(text);
        foreach (var pattern in _patterns)
        {
            text = pattern.Replace(text, static match =>
            {
                SecretCounts.Add(SecretKind.Pattern);
                return Mark;
            });
        }

        return text;
    }

    private string MaskEscaped(string text)
    {
        var plain = EscapedText.Plain(text);
        var masked = MaskShapes(plain);
        return ReferenceEquals(masked, plain) ? text : masked;
    }

    private string MaskShapes(string text)
    {
        if (text.Length < 4) return text;
        StringBuilder? clean = null;
        var copied = 0;
        var context = new SecretContext(this, text);
        for (var at = SecretMarks.Next(text, 0); at >= 0; at = at < text.Length ? SecretMarks.Next(text, at) : -1)
        {
            var spot = Find(ref context, at);
            if (!spot.IsFound || spot.Start < copied)
            {
                at++;
                continue;
            }

            SecretCounts.Add(spot.Kind);
            (clean ??= new StringBuilder(text.Length)).Append(text, copied, spot.Start - copied).Append(Mark);
            context.Floor = copied = at = spot.End;
        }

        return clean is null ? text : clean.Append(text, copied, text.Length - copied).ToString();
    }

    private static SecretSpot Find(ref SecretContext context, int at)
    {
        var text = context.Text;
        switch (text[at])
        {
            case ':' when At(text, at + 1) == '/' && At(text, at + 2) == '/':
                return AddressShape.Find(text, at, context.Floor);
            case ':':
                return TokenShape.OfChat(text, at, context.Floor) is { IsFound: true } token
                    ? token
                    : AssignmentShape.Find(ref context, at);
            case '=':
                return AssignmentShape.Find(ref context, at);
            case '%':
                return At(text, at + 1) == '3' && At(text, at + 2) is 'D' or 'd' or 'A' or 'a'
                    ? AssignmentShape.Find(ref context, at)
                    : SecretSpot.None;
            case '>':
                return ElementShape.Find(ref context, at);
            case '"' or '\'' or '`':
                return QuotedShape.Find(ref context, at);
            case '-':
                if (At(text, at + 1) == '-' && At(text, at + 2) == '-') return PemShape.Find(text, at);
                return OptionShape.Find(ref context, at) is { IsFound: true } option ? option : TokenShape.AtMark(text, at, context.Floor);
            case '_' or '.':
                return TokenShape.AtMark(text, at, context.Floor);
            case 'A' or 'J' or 'S' or '~':
                return TokenShape.AtLetter(text, at, context.Floor);
            case 'B' or 'b':
                return HeaderShape.Find(text, at, context.Floor);
            case '/':
                return AddressShape.OfHook(text, at, context.Floor);
            default:
                return CardShape.Find(text, at);
        }
    }

    internal static char At(string text, int index) => (uint)index < (uint)text.Length ? text[index] : '\0';

    private bool IsOwnName(ReadOnlySpan<char> name)
    {
        var letters = Letters(name);
        foreach (var own in _names)
        {
            if (letters.EndsWith(own, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static class UsualText
    {
        public static readonly SecretText Instance = new();
    }

    private static string Letters(ReadOnlySpan<char> name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (char.IsLetterOrDigit(character)) letters.Append(char.ToLowerInvariant(character));
        }

        return letters.ToString();
    }
}
