using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Protection;

/// <summary>
/// What stands for a value that cannot be read, in lists and search results: <c>{"$mt_unreadable":"why"}</c>. What is stored is never
/// replaced by it.
/// </summary>
internal static class UnreadableValue
{
    private const string Mark = "$mt_unreadable";

    public static JsonElement Because(string reason) =>
        JsonElement.Parse(new JsonObject { [Mark] = reason }.ToJsonString());

    public static bool Is(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(Mark, out _);
}
