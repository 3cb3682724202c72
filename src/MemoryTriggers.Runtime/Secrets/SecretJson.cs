using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Secrets;

/// <summary>Takes secrets out of the members of a value, at any depth. For one value.</summary>
internal sealed class SecretJson(SecretText texts)
{
    // As values are written; the depth is that of what can be read.
    public static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 512,
    };

    private static readonly string[] NameMembers = ["name", "key"];

    public bool HasFound { get; private set; }

    public static bool MayHaveSecrets(string raw, SecretText texts) => !ReferenceEquals(texts.Mask(raw), raw);

    public JsonNode? Clean(JsonNode? node) => Clean(node, isContext: false, depth: 0);

    private JsonNode? Clean(JsonNode? node, bool isContext, int depth)
    {
        switch (node)
        {
            case JsonObject members:
                Members(members, isContext, depth);
                return members;
            case JsonArray items:
                Items(items, depth);
                return items;
            case JsonValue value when value.TryGetValue<string>(out var text):
                var clean = texts.Mask(text);
                if (ReferenceEquals(clean, text)) return node;
                HasFound = true;
                return JsonValue.Create(clean);
            default:
                return node;
        }
    }

    private void Members(JsonObject members, bool isContext, int depth)
    {
        var isNamedSecret = IsNamedSecret(members);
        foreach (var (name, value) in members.ToList())
        {
            var isPair = isNamedSecret && string.Equals(name, "value", StringComparison.OrdinalIgnoreCase);
            // The session of the context is what recall asks for.
            var isOurs = isContext && name == "session_id";
            if (!isOurs && (isPair || texts.IsName(name)) && IsSecret(name, value))
            {
                SecretCounts.Add(SecretKind.Name);
                HasFound = true;
                members[name] = SecretText.Mark;
                continue;
            }

            var clean = Clean(value, isContext: depth == 0 && name == "context", depth + 1);
            if (!ReferenceEquals(clean, value)) members[name] = clean;
            Rename(members, name);
        }
    }

    // A key of a dictionary may be a secret itself.
    private void Rename(JsonObject members, string name)
    {
        var clean = texts.Mask(name);
        if (ReferenceEquals(clean, name)) return;
        HasFound = true;
        var value = members[name];
        members.Remove(name);
        while (members.ContainsKey(clean)) clean += "'";
        members[clean] = value;
    }

    private void Items(JsonArray items, int depth)
    {
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            // ["--password", "x"]
            var isAfterOption = index > 0 && items[index - 1] is JsonValue before && before.TryGetValue<string>(out var option)
                && option.StartsWith('-') && option.AsSpan().IndexOfAny('=', ' ') < 0
                && texts.IsName(option);
            if (isAfterOption && item is JsonValue given && given.TryGetValue<string>(out var text) && !text.StartsWith('-')
                && text != SecretText.Mark)
            {
                SecretCounts.Add(SecretKind.Name);
                HasFound = true;
                items[index] = SecretText.Mark;
                continue;
            }

            var clean = Clean(item, isContext: false, depth + 1);
            if (!ReferenceEquals(clean, item)) items[index] = clean;
        }
    }

    private bool IsNamedSecret(JsonObject members)
    {
        if (members.Count is < 2 or > 8) return false;
        foreach (var (name, value) in members)
        {
            if (Array.Exists(NameMembers, one => string.Equals(one, name, StringComparison.OrdinalIgnoreCase))
                && value is JsonValue given && given.TryGetValue<string>(out var text) && text.Length <= 64 && texts.IsName(text))
                return true;
        }

        return false;
    }

    private static bool IsSecret(string name, JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False => false,
        JsonValueKind.Number => !SecretNames.Counts(name),
        JsonValueKind.String => value!.GetValue<string>() is { Length: > 0 } text && !IsMark(text),
        JsonValueKind.Object => ((JsonObject)value!).Count > 0,
        JsonValueKind.Array => ((JsonArray)value!).Count > 0,
        _ => false,
    };

    // Our own: "[sensitive]", "[12 bytes]", "[not captured: Stream]".
    private static bool IsMark(string text) => text.StartsWith('[') && text.EndsWith(']') && text.Length < 80
        && (text == SecretText.Mark || text.StartsWith("[not ", StringComparison.Ordinal)
            || text.StartsWith("[too ", StringComparison.Ordinal)
            || text.EndsWith(" bytes]", StringComparison.Ordinal) || text.StartsWith("[unreadable", StringComparison.Ordinal));
}
