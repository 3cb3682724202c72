namespace MemoryTriggers.Secrets;

/// <summary>Values under the name of a secret that are none: placeholders, states, counts, and names of other members.</summary>
internal static class HarmlessValue
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "null", "nil", "none", "undefined", "empty", "true", "false", "yes", "no", "on", "off", "ok", "valid", "invalid", "expired",
        "missing", "required", "optional", "present", "absent", "failed", "failure", "fail", "success", "succeeded", "passed", "denied",
        "granted", "enabled", "disabled", "unknown", "not", "is", "was", "were", "must", "cannot", "can't", "should", "may", "has",
        "have", "the", "a", "an", "in", "at", "of", "for", "to", "from", "with", "by", "and", "or", "if", "when", "too", "revoked",
        "refreshed", "accepted", "rejected", "set", "unset", "changed", "reset", "updated", "deleted", "created", "found", "mismatch",
        "wrong", "incorrect", "correct", "match", "matches", "string", "string?", "int", "int?", "long", "bool", "object", "object?",
        "varchar", "nvarchar", "text", "char", "number", "boolean", "uuid", "bytea", "blob", "var", "new", "await", "default", "this",
        "using", "error", "warning", "skipped", "pending", "ignored", "hidden", "redacted", "masked", "sensitive", "<null>", "(null)",
        "nothing", "any", "all", "n/a", "-", "?", "varchar2", "password", "token",
    };

    // Of members that say how a user signs in, or what a parser has read.
    private static readonly HashSet<string> Modes = new(StringComparer.OrdinalIgnoreCase)
    {
        "basic", "digest", "ntlm", "negotiate", "oauth", "oauth2", "jwt", "bearer", "session", "windows", "anonymous", "readonly",
        "read-only", "rw", "ro", "strict", "lax", "secure", "httponly", "same-origin", "include", "omit", "identifier", "keyword",
        "semicolon", "whitespace", "eof", "public", "private", "static", "secret", "ok", "good", "bad", "made", "select", "where",
    };

    public static bool Is(string text, int start, int end, ReadOnlySpan<char> name)
    {
        var value = text.AsSpan(start, end - start);
        while (value.Length > 0 && value[value.Length - 1] is ' ' or '.' or ',' or '!' or '?' or ')' && value.Length > 1)
            value = value.Slice(0, value.Length - 1);
        if (value.Length == 0 || IsMarked(text, start)) return true;
        if (value.Length <= 12 && IsWord(value, name)) return true;
        return IsPlaceholder(value) || IsStars(value) || IsCount(value, name) || IsMember(value, name) || IsSignature(value, name);
    }

    // "[sensitive]", "[not captured: X]", "[12 bytes]", "[too large]": our own marks.
    private static bool IsMarked(string text, int start) =>
        text[start] == '[' && (SecretCharacters.Goes(text, start, SecretText.Mark) || SecretCharacters.Goes(text, start, "[not ")
            || SecretCharacters.Goes(text, start, "[too ") || SecretCharacters.Goes(text, start, "[redacted")
            || SecretCharacters.Goes(text, start, "[unreadable"));

    private static bool IsWord(ReadOnlySpan<char> value, ReadOnlySpan<char> name)
    {
        var word = value.ToString();
        return Words.Contains(word) || Modes.Contains(word) && !Has(name, "pass") && !Has(name, "pwd") && !Has(name, "secret");
    }

    private static bool Has(ReadOnlySpan<char> name, string part) => name.IndexOf(part.AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0;

    // "{password}", "${TOKEN}", "$1", "@p0", ":pin", "%PASSWORD%", "<password>", "?".
    private static bool IsPlaceholder(ReadOnlySpan<char> value)
    {
        var last = value[value.Length - 1];
        switch (value[0])
        {
            case '{':
                return last == '}' && (IsNameOnly(value, 1, 1) || value.Length > 4 && value[1] == '{' && value[value.Length - 2] == '}');
            case '<':
                return last == '>';
            case '$':
                return value.Length > 1 && (value[1] is '{' or '(' || IsVariable(value));
            case '@' or ':':
                return IsParameter(value);
            case '%':
                return last == '%' && value.Length > 2 && IsNameOnly(value, 1, 1) || value.Length == 2 && last is 's' or 'd' or 'v';
            default:
                return false;
        }
    }

    // "$1", "$TOKEN".
    private static bool IsVariable(ReadOnlySpan<char> value)
    {
        for (var at = 1; at < value.Length; at++)
        {
            if (!SecretCharacters.IsDigit(value[at]) && value[at] is not (>= 'A' and <= 'Z' or '_')) return false;
        }

        return true;
    }

    // "@token", "@p0".
    private static bool IsParameter(ReadOnlySpan<char> value)
    {
        if (value.Length is < 2 or > 24) return false;
        for (var at = 1; at < value.Length; at++)
        {
            var isNumber = SecretCharacters.IsDigit(value[at]) && at > 1 && at < 5 && value[1] is 'p' or 'P';
            if (!isNumber && !SecretCharacters.IsLetter(value[at]) && value[at] != '_') return false;
        }

        return true;
    }

    private static bool IsNameOnly(ReadOnlySpan<char> value, int start, int end)
    {
        for (var at = start; at < value.Length - end; at++)
        {
            if (!SecretCharacters.IsLetterOrDigit(value[at]) && value[at] is not ('_' or '.' or '{' or '}' or ':' or '-')) return false;
        }

        return value.Length - end > start;
    }

    private static bool IsStars(ReadOnlySpan<char> value)
    {
        foreach (var character in value)
        {
            if (character is not ('*' or '•' or '.' or '#' or '…' or 'x' or 'X')) return false;
        }

        return value.Length != 1 || value[0] is not ('x' or 'X');
    }

    // "tokens: 512", "pass: 12".
    private static bool IsCount(ReadOnlySpan<char> value, ReadOnlySpan<char> name)
    {
        if (!SecretNames.Counts(name)) return false;
        var limit = name.EndsWith("pass".AsSpan(), StringComparison.OrdinalIgnoreCase) ? 3 : 9;
        if (value.Length > limit) return false;
        foreach (var character in value)
        {
            if (!SecretCharacters.IsDigit(character) && character is not ('.' or '/' or '-' or '%')) return false;
        }

        return true;
    }

    // "u.password", "dto.Token": the same name of something else; "GetToken()": a call.
    private static bool IsMember(ReadOnlySpan<char> value, ReadOnlySpan<char> name)
    {
        var dot = value.LastIndexOf('.');
        if (dot > 0 && IsNameOnly(value, 0, 0) && !SecretCharacters.IsDigit(value[0])
            && value.Slice(dot + 1).Equals(LastPart(name), StringComparison.OrdinalIgnoreCase)) return true;
        return value.Equals(LastPart(name), StringComparison.OrdinalIgnoreCase);
    }

    private static ReadOnlySpan<char> LastPart(ReadOnlySpan<char> name) => name.Slice(name.LastIndexOf('.') + 1);

    // "signature: Run(int)", "token = GetToken(x)", "password_hash(...)".
    private static bool IsSignature(ReadOnlySpan<char> value, ReadOnlySpan<char> name)
    {
        var open = value.IndexOf('(');
        if (open < 2) return false;
        for (var at = 0; at < open; at++)
        {
            if (!SecretCharacters.IsLetter(value[at]) && value[at] is not ('_' or '.' or ' ' or '<' or '>')) return false;
        }

        return name.EndsWith("signature".AsSpan(), StringComparison.OrdinalIgnoreCase) || open > 3 && value.Length <= 80;
    }
}
