namespace MemoryTriggers.Secrets;

/// <summary>The name before an assignment: <c>password=</c>, <c>"password": </c>, <c>['password'] => </c>, <c>Access Key:</c>.</summary>
internal readonly record struct AssignedName(int Start, int End, char Quote, int Escapes)
{
    private const int Longest = 64;

    public bool IsFound => End > Start;

    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, End - Start);

    /// <param name="text">The text.</param>
    /// <param name="mark">Where the mark of the assignment is.</param>
    /// <param name="floor">Where to stop.</param>
    public static AssignedName Before(string text, int mark, int floor)
    {
        var at = mark - 1;
        // ":=", "+=", "?:", "==", "=>".
        if (at >= floor && text[at] is ':' or '=' or '+' or '?' or '!') at--;
        var spaces = 0;
        while (at >= floor && SecretCharacters.IsSpace(text[at]) && spaces++ < 8) at--;
        if (at >= floor && text[at] is ']' or ')') at--;
        if (at < floor) return default;

        if (text[at] is '"' or '\'' or '`')
        {
            var quote = text[at];
            var end = at;
            while (end > floor && text[end - 1] == '\\') end--;
            var escapes = at - end;
            var start = end;
            while (start > floor && text[start - 1] != quote && end - start < Longest) start--;
            return start > floor && text[start - 1] == quote && IsName(text, start, end)
                ? new AssignedName(start, end, quote, escapes)
                : default;
        }

        var last = at + 1;
        var first = WordStart(text, last, floor);
        return first < last ? new AssignedName(first, last, '\0', 0) : default;
    }

    /// <summary>With the word before it: <c>access key</c> of <c>my access key</c>. Not found where there is none.</summary>
    public AssignedName WithWordBefore(string text, int floor)
    {
        if (Quote != '\0' || Start - 2 < floor || !SecretCharacters.IsSpace(text[Start - 1])) return default;
        var start = WordStart(text, Start - 1, floor);
        return start < Start - 1 ? this with { Start = start } : default;
    }

    /// <summary>The word before "is" and the like: <c>the password is: x</c>.</summary>
    public AssignedName BeforeVerb(string text, int floor)
    {
        if (Quote != '\0' || Start - 2 < floor || !SecretCharacters.IsSpace(text[Start - 1])) return default;
        if (!In(text).Equals("is".AsSpan(), StringComparison.OrdinalIgnoreCase)
            && !In(text).Equals("was".AsSpan(), StringComparison.OrdinalIgnoreCase)) return default;
        return new AssignedName(WordStart(text, Start - 1, floor), Start - 1, '\0', 0);
    }

    private static bool IsOfName(char character) => char.IsLetterOrDigit(character) || character is '_' or '-' or '.' or '$';

    // What is between the end of one quoted text and the beginning of the next is no name.
    private static bool IsName(string text, int start, int end)
    {
        if (start == end || text[start] == ' ' || text[end - 1] == ' ') return false;
        for (var at = start; at < end; at++)
        {
            if (SecretCharacters.IsLineEnd(text[at]) || text[at] is ',' or '{' or '}' or ';' or '=') return false;
        }

        return true;
    }

    public static int WordStart(string text, int end, int floor)
    {
        var start = end;
        while (start > floor && end - start < Longest && IsOfName(text[start - 1])) start--;
        return start;
    }
}
