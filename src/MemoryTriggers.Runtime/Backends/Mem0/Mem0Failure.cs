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
        // An error of the server, or of a proxy on the way, may come after it has done what was asked.
        return status == HttpStatusCode.RequestTimeout || (int)status >= 500
            ? Unanswered(message)
            : new MemoryBackendException(Mem0MemoryBackend.BackendName, message, !IsRefusal(status));
    }

    // The others say that the server, its address or the key is not as it should be: no fault of the memory.
    private static bool IsRefusal(HttpStatusCode status) => status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict
        or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;

    /// <summary>Whether the server has done what was asked is not known.</summary>
    public static MemoryBackendException Unanswered(string message, Exception? innerException = null) =>
        new(Mem0MemoryBackend.BackendName, message, isTransient: true, innerException) { IsUnanswered = true };

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

    private static string Number(HttpStatusCode status) => ((int)status).ToString(CultureInfo.InvariantCulture);
}
