namespace MemoryTriggers.Hooks;

/// <summary>Tags that hold an address, which may carry private data after its question mark, or before its at sign.</summary>
internal static class AddressTag
{
    public static bool IsQuery(string name) => name is "url.query" or "http.query";

    public static object? Clean(string name, object? value) => name switch
    {
        "url.full" or "http.url" or "url.original" => value is Uri address
            ? Clean(address) : Uri.TryCreate(value as string, UriKind.Absolute, out var parsed) ? Clean(parsed) : Path(value),
        "url.path" or "http.target" => Path(value),
        _ => value,
    };

    private static object? Path(object? value) =>
        value is string text && text.IndexOfAny(['?', '#']) is >= 0 and var end ? text[..end] : value;

    private static string Clean(Uri address) => address.IsAbsoluteUri
        ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : (string)Path(address.OriginalString)!;
}
