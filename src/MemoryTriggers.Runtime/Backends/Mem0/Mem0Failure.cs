using System.Globalization;
using System.Net;
using System.Text.Json;

namespace MemoryTriggers.Backends.Mem0;

/// <summary>Turns the several forms in which mem0 says what is wrong into one exception, without the request and without the key.</summary>
internal static class Mem0Failure
{
    private const int MaxTextLength = 300;

    public static MemoryBackendException Of(HttpStatusCode status, string body, TimeSpan? retryAfter, string keyVariable)
    {
        var message = Text(body) is { Length: > 0 } text ? $"{Number(status)}: {text}" : Number(status);
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) message += $" (the key is expected in {keyVariable})";
        if (retryAfter is { } wait) message += $" (it asks for a pause of {wait.TotalSeconds:0} s)";
        return new MemoryBackendException(Mem0MemoryBackend.BackendName, message, IsTransient(status));
    }

    /// <summary>
    /// What the server says: <c>detail</c>, <c>error</c>, <c>message</c>, <c>error</c> with <c>details.message</c>, a list of texts, or of
    /// problems with <c>msg</c>.
    /// </summary>
    public static string Text(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var text = Text(document.RootElement);
            return text.Length <= MaxTextLength ? text : text[..MaxTextLength];
        }
        catch (JsonException)
        {
            // A page of some proxy, say: nothing of it is worth showing.
            return "";
        }
    }

    private static string Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Array => string.Join("; ", element.EnumerateArray().Select(Text).Where(static text => text.Length > 0)),
        JsonValueKind.Object => string.Join(": ", new[] { "detail", "error", "message", "msg", "details" }
            .Select(name => element.TryGetProperty(name, out var value) ? Text(value) : "").Where(static text => text.Length > 0)),
        _ => "",
    };

    // Payment required, 413, is a matter of the plan and not of the moment.
    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    private static string Number(HttpStatusCode status) => ((int)status).ToString(CultureInfo.InvariantCulture);
}
