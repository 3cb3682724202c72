using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Backends.JsonFile;

namespace MemoryTriggers.Cli.Memories;

/// <summary>Memories as documents: the form in which the JSON store keeps them.</summary>
internal static class EntryDocument
{
    public static JsonObject Of(MemoryEntry entry) => JsonSerializer.SerializeToNode(entry, MemoryJson.Compact.MemoryEntry)!.AsObject();

    public static JsonObject Of(MemoryHit hit)
    {
        var document = new JsonObject { ["score"] = hit.Score, ["matched_words"] = Array(hit.MatchedWords) };
        document["memory"] = Of(hit.Entry);
        return document;
    }

    public static JsonArray Of(IEnumerable<MemoryEntry> entries) => new([.. entries.Select(Of)]);

    public static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(static text => (JsonNode)text)]);

    /// <summary>A memory from its document.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static MemoryEntry Read(string json) => JsonSerializer.Deserialize(json, MemoryJson.Compact.MemoryEntry) ?? throw new JsonException("it is null");
}
