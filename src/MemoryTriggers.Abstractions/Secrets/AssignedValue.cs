namespace MemoryTriggers.Secrets;

/// <summary>Where the value of an assignment begins and ends.</summary>
internal static class AssignedValue
{
    private const int MaxSpaces = 16;
    private const int RecordWindow = 256;
    private const int PartWindow = 64;

    /// <returns>An empty range when there is no value.</returns>
    public static (int Start, int End) Find(string text, AssignedName name, int mark)
    {
        var isEncoded = text[mark] == '%';
        var start = isEncoded ? mark + 3 : mark + 1;
        if (SecretText.At(text, start) == '>') start++;
        var spaces = start;
        while (start < text.Length && SecretCharacters.IsSpace(text[start]) && start - spaces < MaxSpaces) start++;
        if (start >= text.Length) return default;

        var escaped = start;
        while (escaped < text.Length && text[escaped] == '\\') escaped++;
        if (escaped < text.Length && text[escaped] is '"' or '\'' or '`') return Quoted(text, escaped, escaped - start, name);
        if (text[start] is '{' or '[' && IsStructure(text, start, name)) return Structure(text, start);
        if (SecretCharacters.IsLineEnd(text[start])) return NextLine(text, name, start);
        // YAML: a block follows.
        if (text[start] is '|' or '>' && text[mark] == ':' && NextLineOfBlock(text, name, start) is var block && block.End > block.Start)
            return block;
        return Plain(text, start, name, mark, isEncoded);
    }

    private static (int Start, int End) Quoted(string text, int quote, int escapes, AssignedName name)
    {
        var start = quote + 1;
        // """, @"" and empty values.
        var mark = text[quote];
        for (var at = start; at < text.Length; at++)
        {
            if (text[at] != mark) continue;
            var backslashes = 0;
            while (at - 1 - backslashes >= start && text[at - 1 - backslashes] == '\\') backslashes++;
            if (backslashes > escapes || escapes == 0 && backslashes % 2 == 1) continue;
            var end = at - Math.Min(backslashes, escapes);
            return HeaderNames.HasScheme(name.In(text)) ? HeaderShape.Credentials(text, start, end) : (start, end);
        }

        // Cut off.
        return (start, text.Length);
    }

    // A list or an object of JSON; a placeholder in braces is a plain value.
    private static bool IsStructure(string text, int start, AssignedName name)
    {
        if (string.CompareOrdinal(text, start, SecretText.Mark, 0, SecretText.Mark.Length) == 0) return false;
        if (name.Quote != '\0') return true;
        var next = start + 1;
        while (next < text.Length && char.IsWhiteSpace(text[next])) next++;
        return SecretText.At(text, next) is '"' or '\'' or '\\' or '[' or '{' || text[start] == '[' && text[start + 1] != ']';
    }

    private static (int Start, int End) Structure(string text, int start)
    {
        var depth = 0;
        var quote = '\0';
        for (var at = start; at < text.Length; at++)
        {
            var character = text[at];
            if (quote != '\0')
            {
                if (character == '\\' && quote != '\\') at++;
                else if (character == quote) quote = '\0';
            }
            else if (character == '"') quote = character;
            else if (character is '{' or '[') depth++;
            else if (character is '}' or ']' && --depth == 0) return (start, at + 1);
        }

        return (start, text.Length);
    }

    // YAML and prompts: what is more indented belongs to the name.
    private static (int Start, int End) NextLine(string text, AssignedName name, int lineEnd)
    {
        var start = lineEnd;
        while (start < text.Length && SecretCharacters.IsLineEnd(text[start])) start++;
        var indent = Indent(text, start);
        if (indent == 0 || indent <= IndentOf(text, name.Start) && SecretText.At(text, start + indent) != '-') return default;
        start += indent;
        if (SecretText.At(text, start) == '-' && SecretCharacters.IsSpace(SecretText.At(text, start + 1))) start += 2;
        var end = start;
        while (end < text.Length && (!SecretCharacters.IsLineEnd(text[end]) || GoesOn(text, end, indent))) end++;
        return (start, end);
    }

    private static (int Start, int End) NextLineOfBlock(string text, AssignedName name, int start)
    {
        var end = start + 1;
        while (end < text.Length && text[end] is '-' or '+' or ' ') end++;
        return end < text.Length && SecretCharacters.IsLineEnd(text[end]) ? NextLine(text, name, end) : default;
    }

    private static bool GoesOn(string text, int lineEnd, int indent)
    {
        var next = lineEnd;
        while (next < text.Length && SecretCharacters.IsLineEnd(text[next])) next++;
        return next < text.Length && Indent(text, next) >= indent;
    }

    private static int Indent(string text, int lineStart)
    {
        var at = lineStart;
        while (at < text.Length && SecretCharacters.IsSpace(text[at]) && at - lineStart < RecordWindow) at++;
        return at - lineStart;
    }

    private static int IndentOf(string text, int at)
    {
        var start = at;
        while (start > 0 && at - start < RecordWindow && !SecretCharacters.IsLineEnd(text[start - 1])) start--;
        return Indent(text, start);
    }

    private static (int Start, int End) Plain(string text, int start, AssignedName name, int mark, bool isEncoded)
    {
        if (isEncoded) return (start, EncodedEnd(text, start));
        var key = name.In(text);
        var isHeader = text[mark] == ':';
        if (isHeader && HeaderNames.IsLine(key) || HeaderNames.HasScheme(key))
        {
            var line = LineEnd(text, start);
            return HeaderNames.HasScheme(key) ? HeaderShape.Credentials(text, start, line) : (start, line);
        }

        if (HeaderNames.IsConnection(key) || HeaderNames.IsPhrase(key)) return (start, Trimmed(text, start, LineEnd(text, start)));
        var end = PlainEnd(text, start);
        if (HeaderNames.IsGrouped(key)) return (start, GroupsEnd(text, start, end));
        if (IsPart(text, name.Start) && PartEnd(text, start, end) is var part && part > end) return (start, part);
        return IsOfRecord(text, mark, name) && RecordEnd(text, start, end) is var record && record > end ? (start, record) : (start, end);
    }

    private static int PlainEnd(string text, int start)
    {
        var at = start;
        for (; at < text.Length; at++)
        {
            var character = text[at];
            if (char.IsWhiteSpace(character) || character is ';' or '"' or '\'' or '`' or '<') break;
            if (character == '&' && IsNamed(text, at + 1, '=')) break;
            if (character == ',' && EndsAtComma(text, at)) break;
            if (character == '\\' && SecretText.At(text, at + 1) is '"' or 'n' or 'r') break;
            if (character is ')' or ']' or '}' or '|' && Closes(text, at)) break;
        }

        return Trimmed(text, start, at);
    }

    private static int Trimmed(string text, int start, int end)
    {
        while (end > start && (SecretCharacters.IsSpace(text[end - 1]) || text[end - 1] is '.' or ',' or ':')) end--;
        return end;
    }

    private static bool EndsAtComma(string text, int comma)
    {
        var next = SecretText.At(text, comma + 1);
        return next == '\0' || char.IsWhiteSpace(next) || next is '"' or '\'' or '}' or ']' or '{' or '\\'
            || IsNamed(text, comma + 1, '=') || IsNamed(text, comma + 1, ':');
    }

    // Whether brackets and the end of a word follow.
    private static bool Closes(string text, int at)
    {
        for (var next = at + 1; next < at + 8; next++)
        {
            var character = SecretText.At(text, next);
            if (character is ',' or ';') return true;
            if (character is ')' or ']' or '}' or '.' or ':' or '|' or '"' or '\'') continue;
            return character == '\0' || char.IsWhiteSpace(character);
        }

        return false;
    }

    private static bool IsNamed(string text, int at, char mark)
    {
        var start = at;
        while (at < text.Length && at - start < 40 && (SecretCharacters.IsOfToken(text[at]) || text[at] is '.' or '[' or ']' or '%')) at++;
        return at > start && SecretText.At(text, at) == mark;
    }

    private static int EncodedEnd(string text, int start)
    {
        var at = start;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('&' or '"' or '\'' or '<')
            && !SecretCharacters.Goes(text, at, "%26") && !SecretCharacters.Goes(text, at, "%23")) at++;
        return at;
    }

    private static int LineEnd(string text, int start)
    {
        var at = start;
        while (at < text.Length && !SecretCharacters.IsLineEnd(text[at]) && text[at] is not ('"' or '\'' or '`' or '<')
            && !(text[at] == '\\' && SecretText.At(text, at + 1) is 'n' or 'r' or '"')) at++;
        return at;
    }

    // "4111 1111 1111 1111", "DE89 3704 0044".
    private static int GroupsEnd(string text, int start, int end)
    {
        while (end < text.Length && text[end] == ' ' && end - start < PartWindow)
        {
            var next = end + 1;
            while (next < text.Length && char.IsLetterOrDigit(text[next]) && !char.IsLower(text[next])) next++;
            if (next == end + 1 || !SecretCharacters.HasDigit(text, end + 1, next)) break;
            end = next;
        }

        return end;
    }

    // ";Password=two words;Server=".
    private static bool IsPart(string text, int nameStart)
    {
        var at = nameStart - 1;
        if (at >= 0 && text[at] == ' ') at--;
        return at >= 0 && text[at] == ';';
    }

    private static int PartEnd(string text, int start, int end)
    {
        for (var at = end; at < text.Length && at - start < PartWindow; at++)
        {
            if (text[at] == ';') return at;
            if (SecretCharacters.IsLineEnd(text[at]) || text[at] is '=' or '"' or '\'') return end;
        }

        return end;
    }

    // "Login { User = bob, Password = two words }".
    private static bool IsOfRecord(string text, int mark, AssignedName name) =>
        text[mark] == '=' && SecretText.At(text, mark + 1) == ' ' && mark > 0 && text[mark - 1] == ' ' && name.Start > 1
        && text[name.Start - 1] == ' ' && text[name.Start - 2] is '{' or ',';

    private static int RecordEnd(string text, int start, int end)
    {
        for (var at = end; at < text.Length && at - start < RecordWindow; at++)
        {
            if (SecretCharacters.IsLineEnd(text[at])) return end;
            if (text[at] == ' ' && SecretText.At(text, at + 1) == '}') return at;
            if (text[at] == ',' && SecretText.At(text, at + 1) == ' ' && IsMember(text, at + 2)) return at;
        }

        return end;
    }

    private static bool IsMember(string text, int at)
    {
        var end = SecretCharacters.TokenEnd(text, at);
        return end > at && end - at < RecordWindow && SecretText.At(text, end) == ' ' && SecretText.At(text, end + 1) == '=';
    }
}
