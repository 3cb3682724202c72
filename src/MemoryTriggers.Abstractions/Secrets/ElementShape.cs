namespace MemoryTriggers.Secrets;

/// <summary>The text of an element: <c>&lt;password&gt;x&lt;/password&gt;</c>.</summary>
internal static class ElementShape
{
    public static SecretSpot Find(ref SecretContext context, int close)
    {
        var text = context.Text;
        var nameEnd = close;
        var start = AssignedName.WordStart(text, nameEnd, context.Floor);
        if (start <= context.Floor || start == nameEnd || close + 1 >= text.Length) return SecretSpot.None;
        if (text[start - 1] is not ('<' or ':')) return SecretSpot.None;
        var isPair = context.NamedUntil > close && SecretCharacters.Goes(text, start, "value") && nameEnd - start == 5;
        if (!isPair && !context.Names.IsName(text.AsSpan(start, nameEnd - start))) return SecretSpot.None;
        var end = text.IndexOf('<', close + 1);
        return end > close + 1 && SecretText.At(text, end + 1) == '/' && !IsBlank(text, close + 1, end)
            && !HarmlessValue.Is(text, close + 1, end, text.AsSpan(start, nameEnd - start))
            ? new SecretSpot(close + 1, end, SecretKind.Assignment)
            : SecretSpot.None;
    }

    private static bool IsBlank(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        return start == end;
    }
}
