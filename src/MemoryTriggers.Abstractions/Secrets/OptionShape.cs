namespace MemoryTriggers.Secrets;

/// <summary>The word after an option of a command line: <c>--password x</c>, <c>-Token 'x'</c>, <c>-u user:x</c>.</summary>
internal static class OptionShape
{
    public static SecretSpot Find(ref SecretContext context, int hyphen)
    {
        var text = context.Text;
        if (hyphen > context.Floor && !char.IsWhiteSpace(text[hyphen - 1]) && text[hyphen - 1] is not ('"' or '\'' or '(' or '[' or '`'))
            return SecretSpot.None;
        var start = hyphen + 1;
        if (SecretText.At(text, start) == '-') start++;
        var end = SecretCharacters.TokenEnd(text, start);
        var value = end + 1;
        if (end == start || SecretText.At(text, end) != ' ' || value >= text.Length || text[value] == '-') return SecretSpot.None;
        var quote = text[value] is '"' or '\'' ? text[value++] : '\0';
        var valueEnd = value;
        while (valueEnd < text.Length && (quote == '\0' ? !char.IsWhiteSpace(text[valueEnd]) && text[valueEnd] is not ('"' or '\'' or '`')
            : text[valueEnd] != quote)) valueEnd++;
        if (valueEnd == value) return SecretSpot.None;

        var name = text.AsSpan(start, end - start);
        if (end - start > 1 && context.Names.IsName(name))
            return HarmlessValue.Is(text, value, valueEnd, name) ? SecretSpot.None : new SecretSpot(value, valueEnd, SecretKind.Assignment);
        if (!name.SequenceEqual("u".AsSpan()) && !name.SequenceEqual("user".AsSpan())) return SecretSpot.None;
        var colon = text.IndexOf(':', value, valueEnd - value);
        return colon > value && colon + 1 < valueEnd && !AreDigits(text, value, valueEnd)
            && !HarmlessValue.Is(text, colon + 1, valueEnd, "password".AsSpan())
                ? new SecretSpot(colon + 1, valueEnd, SecretKind.Assignment)
                : SecretSpot.None;
    }

    // "-u 1000:1000" of containers.
    private static bool AreDigits(string text, int start, int end)
    {
        while (start < end && (SecretCharacters.IsDigit(text[start]) || text[start] == ':')) start++;
        return start == end;
    }
}
