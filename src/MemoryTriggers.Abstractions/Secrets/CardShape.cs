namespace MemoryTriggers.Secrets;

/// <summary>
/// Numbers of cards (ISO/IEC 7812): the length and the beginning of an issuer, a valid check digit, and no other grouping than theirs.
/// </summary>
internal static class CardShape
{
    private const int MaxDigits = 19;

    public static SecretSpot Find(string text, int at)
    {
        if (!SecretCharacters.BeginsWord(text, at) || IsInside(text, at)) return SecretSpot.None;
        Span<byte> digits = stackalloc byte[MaxDigits];
        Span<byte> groups = stackalloc byte[MaxDigits];
        int count = 0, group = 0, size = 0, end = at;
        var separator = '\0';
        for (var index = at; index < text.Length; index++)
        {
            var character = text[index];
            if (SecretCharacters.IsDigit(character))
            {
                if (count == MaxDigits) return SecretSpot.None;
                digits[count++] = (byte)(character - '0');
                size++;
                end = index + 1;
                continue;
            }

            var joins = character is ' ' or '-' && index + 1 < text.Length && SecretCharacters.IsDigit(text[index + 1])
                && (separator == '\0' || separator == character) && group < MaxDigits - 1;
            if (!joins || IsGrouped(groups.Slice(0, group), size, count)) break;
            separator = character;
            groups[group++] = (byte)size;
            size = 0;
        }

        if (count < 13 || end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-')) return SecretSpot.None;
        var goesOn = SecretText.At(text, end) is '.' or ',' && SecretCharacters.IsDigit(SecretText.At(text, end + 1));
        if (goesOn) return SecretSpot.None;
        return IsGrouped(groups.Slice(0, group), size, count) && IsIssued(digits, count) && HasCheckDigit(digits.Slice(0, count))
            ? new SecretSpot(at, end, SecretKind.Card)
            : SecretSpot.None;
    }

    // Part of a version, a decimal, a GUID, a phone number or a time.
    private static bool IsInside(string text, int at) => at > 0 && text[at - 1] is '.' or '-' or '+' or '#'
        && (at == 1 || !char.IsWhiteSpace(text[at - 2]));

    // All in one, 4-4-4-4, 4-4-4-4-3, 4-6-5 and 4-6-4.
    private static bool IsGrouped(ReadOnlySpan<byte> groups, int last, int count)
    {
        if (groups.Length == 0) return count >= 13;
        if (groups[0] != 4) return false;
        if (groups.Length == 2) return groups[1] == 6 && last is 4 or 5;
        if (groups.Length is not (3 or 4)) return false;
        foreach (var group in groups)
        {
            if (group != 4) return false;
        }

        return groups.Length == 3 ? last == 4 : last == 3;
    }

    private static bool IsIssued(ReadOnlySpan<byte> digits, int count)
    {
        var two = digits[0] * 10 + digits[1];
        var four = two * 100 + digits[2] * 10 + digits[3];
        return digits[0] switch
        {
            4 => count is 13 or 16 or 19,
            5 => two is >= 50 and <= 58 && count == 16,
            2 => four is >= 2221 and <= 2720 && count == 16,
            3 => two is 34 or 37 && count == 15 || (two is 36 or 38 || four is >= 3000 and <= 3059) && count == 14
                || four is >= 3528 and <= 3589 && count == 16,
            6 => (four == 6011 || two == 65 || four is >= 6440 and <= 6499 || two == 62 || four is 6304 or 6759 or >= 6761 and <= 6763)
                && count is 16 or 19,
            _ => false,
        };
    }

    private static bool HasCheckDigit(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            var digit = (int)digits[digits.Length - 1 - index];
            if (index % 2 == 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }

        return sum % 10 == 0;
    }
}
