namespace MemoryTriggers.Secrets;

/// <summary>
/// The value after a name that gives a secret away, in the notations of programs: <c>key=value</c>, <c>"key": "value"</c>, headers, query
/// strings, connection strings, records, YAML; and in pairs such as <c>{"name":"password","value":"x"}</c>.
/// </summary>
internal static class AssignmentShape
{
    private const int PairDistance = 48;
    private static readonly string[] NameMembers = ["name", "key", "header", "field", "parameter", "variable", "property", "setting", "id"];
    private static readonly string[] ValueMembers = ["value", "val", "content", "text", "data", "default", "defaultvalue", "secret"];

    // Only in addresses; elsewhere these names have other meanings.
    private static readonly string[] InAddresses =
        ["sig", "sid", "pw", "code", "key", "assertion", "ticket", "samlresponse", "hmac", "access", "x-amz-credential", "k", "hash"];

    private static readonly string[] Files =
        ["cs", "java", "js", "ts", "py", "go", "rb", "rs", "kt", "cpp", "c", "h", "php", "tsx", "jsx", "vb", "fs", "razor", "cshtml", "sql",
        "swift", "scala", "log", "txt", "json", "xml", "yml", "yaml", "md", "html", "css", "sh"];

    public static SecretSpot Find(ref SecretContext context, int mark)
    {
        var text = context.Text;
        if (text[mark] == ':' && (SecretText.At(text, mark + 1) == ':' || mark > 0 && text[mark - 1] == ':')) return SecretSpot.None;
        if (text[mark] == ':' && SecretText.At(text, mark + 1) == '=') return SecretSpot.None;
        if (text[mark] == '=' && SecretText.At(text, mark + 1) == '=') return SecretSpot.None;
        var name = AssignedName.Before(text, mark, context.Floor);
        if (!name.IsFound || IsPlace(text, name, mark)) return SecretSpot.None;

        if (!IsSecret(ref context, ref name, mark, out var isAddress))
        {
            if (IsNameMember(name.In(text))) NotePair(ref context, name, mark);
            return SecretSpot.None;
        }

        var (start, end) = AssignedValue.Find(text, name, mark);
        if (end <= start || HarmlessValue.Is(text, start, end, name.In(text))) return SecretSpot.None;
        if (isAddress && !IsLongEnough(text, start, end)) return SecretSpot.None;
        return new SecretSpot(start, end, Kind(text, name, isAddress));
    }

    private static bool IsSecret(ref SecretContext context, ref AssignedName name, int mark, out bool isAddress)
    {
        var text = context.Text;
        isAddress = false;
        if (context.Names.IsName(name.In(text))) return !IsOfParser(text, name, context.Floor);
        if (context.NamedUntil > mark && IsIn(ValueMembers, name.In(text)))
        {
            context.NamedUntil = 0;
            return true;
        }

        if (name.Start > 0 && text[name.Start - 1] is '?' or '&' or '#' && IsIn(InAddresses, name.In(text)) || IsEncoded(text, ref name))
        {
            isAddress = !context.Names.IsName(name.In(text));
            return true;
        }

        if (name.Quote != '\0') return false;
        var longer = name.WithWordBefore(text, context.Floor);
        // Only both words together: not "the token for user: x".
        if (longer.IsFound && context.Names.IsName(longer.In(text))
            && !context.Names.IsName(text.AsSpan(longer.Start, name.Start - longer.Start)))
        {
            name = longer;
            return true;
        }

        var before = name.BeforeVerb(text, context.Floor);
        if (!before.IsFound || !context.Names.IsName(before.In(text))) return false;
        name = before;
        return true;
    }

    // "%3Ftoken%3Dx": the name has the mark before it as its beginning.
    private static bool IsEncoded(string text, ref AssignedName name)
    {
        if (name.Start == 0 || text[name.Start - 1] != '%' || name.End - name.Start < 4) return false;
        var code = text.AsSpan(name.Start, 2);
        if (!code.SequenceEqual("3F".AsSpan()) && !code.SequenceEqual("26".AsSpan()) && !code.SequenceEqual("3f".AsSpan())) return false;
        name = name with { Start = name.Start + 2 };
        return SecretNames.Contains(name.In(text)) || IsIn(InAddresses, name.In(text));
    }

    // "TokenFilter.java:88", "/etc/auth:/etc/auth".
    private static bool IsPlace(string text, AssignedName name, int mark)
    {
        if (text[mark] != ':' || name.Quote != '\0' || name.End != mark) return false;
        var next = SecretText.At(text, mark + 1);
        if (name.Start > 0 && text[name.Start - 1] is '/' or '\\' && next is not (' ' or '"' or '\'')) return true;
        if (!SecretCharacters.IsDigit(next)) return false;
        var dot = text.LastIndexOf('.', mark - 1, name.End - name.Start);
        return dot > name.Start && IsIn(Files, text.AsSpan(dot + 1, mark - dot - 1));
    }

    // "Unexpected token: x".
    private static bool IsOfParser(string text, AssignedName name, int floor)
    {
        if (name.Quote != '\0' || name.Start - 2 < floor || text[name.Start - 1] != ' ') return false;
        var start = AssignedName.WordStart(text, name.Start - 1, floor);
        return text.AsSpan(start, name.Start - 1 - start).Equals("unexpected".AsSpan(), StringComparison.OrdinalIgnoreCase);
    }

    private static void NotePair(ref SecretContext context, AssignedName name, int mark)
    {
        var text = context.Text;
        var (start, end) = AssignedValue.Find(text, name, mark);
        if (end <= start || end - start > 64 || !context.Names.IsName(text.AsSpan(start, end - start))) return;
        context.NamedUntil = end + PairDistance;
    }

    private static bool IsNameMember(ReadOnlySpan<char> name) => name.Length <= 9 && IsIn(NameMembers, name);

    private static bool IsLongEnough(string text, int start, int end) =>
        end - start >= 12 && SecretCharacters.HasDigit(text, start, end);

    private static SecretKind Kind(string text, AssignedName name, bool isAddress)
    {
        if (isAddress || name.Start > 0 && text[name.Start - 1] is '?' or '&') return SecretKind.Address;
        return HeaderNames.IsLine(name.In(text)) ? SecretKind.Header : SecretKind.Assignment;
    }

    private static bool IsIn(string[] names, ReadOnlySpan<char> name)
    {
        foreach (var one in names)
        {
            if (name.Equals(one.AsSpan(), StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
