using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Secrets;

/// <summary>
/// The one rule about secrets for memories, whatever door they come through: names at any depth of the value, and shapes in all texts.
/// Thread-safe.
/// </summary>
internal sealed class SecretRule(SecretText? texts)
{
    /// <summary>That of a program without settings.</summary>
    public static SecretRule Usual { get; } = new(SecretText.Usual);

    /// <summary>The memory without secrets: the same instance when it has none.</summary>
    public MemoryEntry Redact(MemoryEntry entry)
    {
        if (texts is null) return entry;
        var content = texts.Mask(entry.Content);
        var key = texts.Mask(entry.Key);
        var entityId = entry.EntityId is { } id ? texts.Mask(id) : null;
        var tags = Tags(entry.Tags, texts);
        var value = Value(entry.Value, texts);
        var isClean = ReferenceEquals(content, entry.Content) && ReferenceEquals(key, entry.Key)
            && ReferenceEquals(entityId, entry.EntityId)
            && ReferenceEquals(tags, entry.Tags) && value is null;
        return isClean
            ? entry
            : entry with { Content = content, Key = key, EntityId = entityId, Tags = tags, Value = value ?? entry.Value };
    }

    private static IReadOnlyList<string> Tags(IReadOnlyList<string> tags, SecretText texts)
    {
        string[]? clean = null;
        for (var index = 0; index < tags.Count; index++)
        {
            var tag = texts.Mask(tags[index]);
            if (ReferenceEquals(tag, tags[index])) continue;
            clean ??= [.. tags];
            clean[index] = tag;
        }

        return clean is null ? tags : [.. clean.Distinct(StringComparer.Ordinal)];
    }

    /// <returns><see langword="null"/> when it has none.</returns>
    private static JsonElement? Value(JsonElement value, SecretText texts)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String)) return null;
        // Most have none, which their text tells; where it may, the members are read.
        var raw = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value));
        if (!raw.Contains("\\u00", StringComparison.Ordinal) && !SecretJson.MayHaveSecrets(raw, texts)) return null;
        var node = JsonNode.Parse(raw, documentOptions: new JsonDocumentOptions { MaxDepth = 512 });
        var json = new SecretJson(texts);
        var clean = json.Clean(node);
        return json.HasFound ? JsonElement.Parse(clean!.ToJsonString(SecretJson.Options)) : null;
    }
}
