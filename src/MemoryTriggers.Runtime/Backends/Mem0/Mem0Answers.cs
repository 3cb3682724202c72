using System.Text.Json;

namespace MemoryTriggers.Backends.Mem0;

/// <summary>Reads the answers of both servers.</summary>
internal static class Mem0Answers
{
    /// <summary>The items under <c>results</c>; older versions answer with the list itself.</summary>
    /// <exception cref="MemoryBackendException">There is no list: that is no "there are none".</exception>
    public static IReadOnlyList<JsonElement> Results(JsonElement answer)
    {
        var list = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("results", out var results) ? results : answer;
        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : throw new MemoryBackendException(Mem0MemoryBackend.BackendName, "the answer has no results", isTransient: true);
    }

    /// <summary>The id of the first result, or <see langword="null"/>.</summary>
    public static string? FirstId(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("results", out var results)
            && results.ValueKind == JsonValueKind.Array && results.GetArrayLength() > 0
            ? Text(results[0], "id")
            : null;

    public static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>A store that does not say under which id has not stored.</summary>
    public static MemoryBackendException WithoutId() => Mem0Failure.Unanswered("the answer has no id");
}
