using System.Text.Json.Nodes;

namespace MemoryTriggers.Cli.Errors;

/// <summary>Errors for programs.</summary>
internal static class ErrorDocument
{
    /// <param name="error">What is known.</param>
    /// <param name="content">The line of its latest memory.</param>
    public static JsonObject Of(RecalledError error, string? content) => new()
    {
        ["fingerprint"] = error.Fingerprint.Value,
        ["content"] = content,
        ["occurrences"] = error.Occurrences,
        ["first_seen"] = error.FirstSeen,
        ["last_seen"] = error.LastSeen,
        ["resolutions"] = new JsonArray([.. error.Resolutions.Select(Of)]),
        ["coincidences"] = new JsonArray([.. error.Coincidences.Select(Of)]),
    };

    private static JsonObject Of(RecalledResolution resolution) => new()
    {
        ["id"] = resolution.Id.ToString(),
        ["content"] = resolution.Line,
        ["created_at"] = resolution.At,
    };
}
