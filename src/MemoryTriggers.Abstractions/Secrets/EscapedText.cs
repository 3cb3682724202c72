namespace MemoryTriggers.Secrets;

/// <summary>Texts whose marks are escaped, as JSON and HTML do: <c>\u003cpassword\u003e</c>, <c>&amp;quot;</c>.</summary>
internal static class EscapedText
{
    // A quote stays one that is inside of a text of JSON.
    private static readonly (string Escaped, string Plain)[] Escapes =
    [
        ("\\u0022", "\\\""), ("\\u0027", "'"), ("\\u003c", "<"), ("\\u003C", "<"), ("\\u003e", ">"), ("\\u003E", ">"), ("\\u0026", "&"),
        ("\\u002b", "+"), ("\\u002B", "+"), ("\\u003d", "="), ("\\u003D", "="), ("\\u0060", "`"),
        ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"),
    ];

    public static bool Is(string text) =>
        text.IndexOf("\\u00", StringComparison.Ordinal) >= 0
        || text.IndexOf('&') is >= 0 and var at && text.IndexOf(';', at) > 0 && HasEntity(text, at);

    public static string Plain(string text)
    {
        foreach (var (escaped, plain) in Escapes) text = text.Replace(escaped, plain, StringComparison.Ordinal);
        return text;
    }

    private static bool HasEntity(string text, int from)
    {
        foreach (var (escaped, _) in Escapes)
        {
            if (escaped[0] == '&' && text.IndexOf(escaped, from, StringComparison.Ordinal) >= 0) return true;
        }

        return false;
    }
}
