namespace MemoryTriggers.Secrets;

/// <summary>Names whose values have a notation of their own.</summary>
internal static class HeaderNames
{
    /// <summary>Whether the value has a scheme before it.</summary>
    public static bool HasScheme(ReadOnlySpan<char> name) => Has(name, "authoriz") || Has(name, "authoris") || IsAuth(name);

    /// <summary>Whether the value goes to the end of the line.</summary>
    public static bool IsLine(ReadOnlySpan<char> name) => Has(name, "cookie") || HasScheme(name);

    /// <summary>Whether the value has parts with names and <c>;</c> between them.</summary>
    public static bool IsConnection(ReadOnlySpan<char> name) =>
        Has(name, "connectionstring") || Has(name, "connection_string") || Has(name, "connection string") || Has(name, "connstr")
        || Has(name, "conn_str") || Has(name, "conn str") || Has(name, "connection-string") || Has(name, "dsn");

    /// <summary>Whether the value is words: <c>correct horse battery staple</c>.</summary>
    public static bool IsPhrase(ReadOnlySpan<char> name) => Has(name, "phrase") || Has(name, "mnemonic");

    /// <summary>Whether the value has groups of letters and digits.</summary>
    public static bool IsGrouped(ReadOnlySpan<char> name) =>
        Has(name, "iban") || Has(name, "card") || Has(name, "ssn") || Has(name, "social") || Has(name, "cc") || Has(name, "code");

    private static bool IsAuth(ReadOnlySpan<char> name) => name.EndsWith("auth".AsSpan(), StringComparison.OrdinalIgnoreCase);

    private static bool Has(ReadOnlySpan<char> name, string part) => name.IndexOf(part.AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0;
}
