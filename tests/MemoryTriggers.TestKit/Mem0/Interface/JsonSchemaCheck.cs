using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryTriggers.TestKit.Mem0.Interface;

/// <summary>
/// Whether a value fits a schema of OpenAPI 3.0: as much of it as mem0's description uses, and an exception for any other keyword. Stricter in
/// one thing: a property that the schema does not name does not fit, unless the schema names none or says that there may be others.
/// </summary>
internal static class JsonSchemaCheck
{
    /// <returns>What does not fit, each with its place, such as <c>$.results[0].id</c>; none when it fits.</returns>
    public static IEnumerable<string> Problems(JsonObject schema, JsonNode? value, string place = "$")
    {
        if (value is null && Flag(schema, "nullable")) return [];
        return schema.SelectMany(keyword => keyword.Key switch
        {
            "type" => Type(keyword.Value!.GetValue<string>(), value, place),
            "properties" => Properties(keyword.Value!.AsObject(), schema, value, place),
            "additionalProperties" => keyword.Value is JsonObject others ? Others(others, schema, value, place) : [],
            "required" => keyword.Value!.AsArray().Select(static name => name!.GetValue<string>())
                .Where(name => value is JsonObject item && !item.ContainsKey(name)).Select(name => $"{place}.{name} is missing"),
            "items" => value is JsonArray list ? list.SelectMany((item, i) => Problems(keyword.Value!.AsObject(), item, $"{place}[{i}]")) : [],
            "enum" => When(!keyword.Value!.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)), $"{place} is none of the values that it may have"),
            "oneOf" => When(!keyword.Value!.AsArray().Any(one => !Problems(one!.AsObject(), value, place).Any()), $"{place} is none of several things"),
            "format" => Format(keyword.Value!.GetValue<string>(), value, place),
            "minLength" => When(value is JsonValue text && Kind(text) == JsonValueKind.String && text.GetValue<string>().Length < keyword.Value!.GetValue<int>(), $"{place} is too short"),
            "minimum" => When(Number(value) < Number(keyword.Value), $"{place} is too small"),
            "maximum" => When(Number(value) > Number(keyword.Value), $"{place} is too large"),
            "nullable" or "default" => [],
            _ => throw new NotSupportedException($"This check does not know the keyword {keyword.Key}."),
        });
    }

    private static IEnumerable<string> Type(string type, JsonNode? value, string place) => When(
        type != Kind(value) switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => type == "integer" && Number(value) is { } number && number == Math.Floor(number) ? "integer" : "number",
            _ => "null",
        },
        $"{place} is no {type}");

    private static IEnumerable<string> Properties(JsonObject named, JsonObject schema, JsonNode? value, string place)
    {
        if (value is not JsonObject item) return [];
        var mayHaveOthers = schema["additionalProperties"] is not (null or JsonValue) || Flag(schema, "additionalProperties");
        return item.SelectMany(property => named[property.Key] is JsonObject one
            ? Problems(one, property.Value, $"{place}.{property.Key}")
            : When(!mayHaveOthers, $"{place}.{property.Key} is not in the interface"));
    }

    private static IEnumerable<string> Others(JsonObject others, JsonObject schema, JsonNode? value, string place) => value is JsonObject item
        ? item.Where(property => schema["properties"]?[property.Key] is null).SelectMany(property => Problems(others, property.Value, $"{place}.{property.Key}"))
        : [];

    private static IEnumerable<string> Format(string format, JsonNode? value, string place)
    {
        if (Kind(value) != JsonValueKind.String) return [];
        var text = value!.GetValue<string>();
        return When(
            !(format switch
            {
                "uuid" => Guid.TryParseExact(text, "D", out _),
                "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
                "date-time" => text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
                "uri" => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https"),
                "email" => text.Contains('@', StringComparison.Ordinal),
                "float" => true,
                _ => throw new NotSupportedException($"This check does not know the format {format}."),
            }),
            $"{place} is no {format}");
    }

    private static IEnumerable<string> When(bool isProblem, string problem) => isProblem ? [problem] : [];

    private static bool Flag(JsonObject schema, string name) => Kind(schema[name]) == JsonValueKind.True;

    private static JsonValueKind Kind(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    private static double? Number(JsonNode? value) => Kind(value) == JsonValueKind.Number ? double.Parse(value!.ToJsonString(), CultureInfo.InvariantCulture) : null;
}
