using System.Buffers;
using System.Text.Json;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.Policies;

/// <summary>Puts the parameters of an action into a memory.</summary>
internal static class MemoryChange
{
    public static MemoryEntry Apply(MemoryEntry entry, JsonElement parameters)
    {
        if (ActionParameters.Text(parameters, "content") is { } content) entry = entry with { Content = content.ReplaceLineEndings(" ") };
        if (ActionParameters.Text(parameters, "category") is { } category) entry = entry with { Category = category };
        if (ActionParameters.Text(parameters, "key") is { } key) entry = entry with { Key = key };
        if (ActionParameters.Text(parameters, "project") is { } project) entry = entry with { Project = project };
        if (TriggerNames.TryParsePriority(ActionParameters.Text(parameters, "priority"), out var priority))
            entry = entry with { Priority = priority };
        if (ActionParameters.Number(parameters, "quality_score") is { } score and >= 0 and <= 1)
            entry = entry with { QualityScore = score };
        foreach (var tag in ActionParameters.Texts(parameters, "tags")) entry = EntryTags.Add(entry, tag);
        return parameters.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            ? WithMetadata(entry, metadata)
            : entry;
    }

    public static MemoryEntry WithMetadata(MemoryEntry entry, JsonElement metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CompactJson.WriterOptions))
        {
            json.WriteStartObject();
            var isObject = entry.Value.ValueKind == JsonValueKind.Object;
            if (isObject)
            {
                foreach (var member in entry.Value.EnumerateObject().Where(static member => member.Name != "metadata"))
                    member.WriteTo(json);
            }
            else if (entry.Value.ValueKind != JsonValueKind.Undefined)
                Keep(json, entry.Value);
            json.WriteStartObject("metadata");
            if (isObject && entry.Value.TryGetProperty("metadata", out var before) && before.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in before.EnumerateObject().Where(member => !metadata.TryGetProperty(member.Name, out _)))
                    member.WriteTo(json);
            }

            foreach (var member in metadata.EnumerateObject()) member.WriteTo(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return entry with { Value = JsonElement.Parse(buffer.WrittenSpan) };
    }

    // A program's value may be a text or a list, which has no room for metadata.
    private static void Keep(Utf8JsonWriter json, JsonElement value)
    {
        json.WritePropertyName("value");
        value.WriteTo(json);
    }
}
