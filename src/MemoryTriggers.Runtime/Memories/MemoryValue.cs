using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace MemoryTriggers;

/// <summary>
/// Makes the value of a memory of an object, and the object of a value. By reflection with the settings of
/// <see cref="JsonSerializerOptions.Web"/>; with a <see cref="JsonTypeInfo{T}"/>, with its own.
/// </summary>
public static class MemoryValue
{
    internal const string Reflection = "Use the overload that takes a JsonTypeInfo, or a JsonNode.";

    /// <summary>Of an object of any type, by reflection. Not for programs that are trimmed or compiled ahead of time.</summary>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static JsonElement Of<T>(T value) => JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web);

    /// <summary>Of an object whose type has a serializer that was made at compile time.</summary>
    public static JsonElement Of<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(value, type);

    /// <summary>Of JSON that is put together: <c>MemoryValue.Of(new JsonObject { ["mode"] = "dark" })</c>.</summary>
    public static JsonElement Of(JsonNode? value) => JsonElement.Parse(value?.ToJsonString() ?? "null");

    /// <summary>The object of a value, by reflection. Not for programs that are trimmed or compiled ahead of time.</summary>
    /// <exception cref="JsonException">The value is no <typeparamref name="T"/>.</exception>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static T? As<T>(JsonElement value) => value.Deserialize<T>(JsonSerializerOptions.Web);

    /// <summary>The object of a value whose type has a serializer that was made at compile time.</summary>
    /// <exception cref="JsonException">The value is no <typeparamref name="T"/>.</exception>
    public static T? As<T>(JsonElement value, JsonTypeInfo<T> type) => value.Deserialize(type);

    /// <summary>The object of a memory's value, by reflection.</summary>
    /// <exception cref="JsonException">The value is no <typeparamref name="T"/>.</exception>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static T? ValueAs<T>(this MemoryEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return As<T>(entry.Value);
    }

    /// <summary>The object of a memory's value, whose type has a serializer that was made at compile time.</summary>
    /// <exception cref="JsonException">The value is no <typeparamref name="T"/>.</exception>
    public static T? ValueAs<T>(this MemoryEntry entry, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return As(entry.Value, type);
    }

    /// <summary>The draft with an object of any type as its value, by reflection.</summary>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static MemoryDraft WithValue<T>(this MemoryDraft draft, T value)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return draft with { Value = Of(value) };
    }

    /// <summary>The draft with an object as its value, whose type has a serializer that was made at compile time.</summary>
    public static MemoryDraft WithValue<T>(this MemoryDraft draft, T value, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return draft with { Value = Of(value, type) };
    }

    /// <summary>The change with an object of any type as the new value, by reflection.</summary>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static MemoryUpdate WithValue<T>(this MemoryUpdate update, T value)
    {
        ArgumentNullException.ThrowIfNull(update);
        return update with { Value = Of(value) };
    }

    /// <summary>The change with an object as the new value, whose type has a serializer that was made at compile time.</summary>
    public static MemoryUpdate WithValue<T>(this MemoryUpdate update, T value, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(update);
        return update with { Value = Of(value, type) };
    }
}
