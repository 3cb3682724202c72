using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace MemoryTriggers;

/// <summary>Makes the value of a memory.</summary>
public static class MemoryValue
{
    /// <summary>Of an object of any type, by reflection. Not for programs that are trimmed or compiled ahead of time.</summary>
    [RequiresUnreferencedCode("Use the overload that takes a JsonTypeInfo, or a JsonNode.")]
    [RequiresDynamicCode("Use the overload that takes a JsonTypeInfo, or a JsonNode.")]
    public static JsonElement Of<T>(T value) => JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web);

    /// <summary>Of an object whose type has a serializer that was made at compile time.</summary>
    public static JsonElement Of<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(value, type);

    /// <summary>Of JSON that is put together: <c>MemoryValue.Of(new JsonObject { ["mode"] = "dark" })</c>.</summary>
    public static JsonElement Of(JsonNode? value) => JsonElement.Parse(value?.ToJsonString() ?? "null");
}
