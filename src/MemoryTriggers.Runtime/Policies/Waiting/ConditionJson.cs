using System.Text.Json;
using MemoryTriggers.Yaml;

namespace MemoryTriggers.Policies;

/// <summary>A condition about a result, in the notation of rules: JSON is read as the YAML that it is.</summary>
internal static class ConditionJson
{
    public static void Write(Utf8JsonWriter json, string name, PolicyCondition condition)
    {
        json.WritePropertyName(name);
        Write(json, condition);
    }

    /// <exception cref="JsonException">It is something else.</exception>
    public static PolicyCondition Read(JsonElement condition)
    {
        var found = new List<PolicyProblem>();
        var node = YamlTree.Read(condition.GetRawText(), found);
        var read = node is null ? null : new ConditionReader(new ReadProblems(found)).Read(node, "condition");
        return read is not null && found.Count == 0 ? read : throw new JsonException("it is no condition");
    }

    private static void Write(Utf8JsonWriter json, PolicyCondition condition)
    {
        json.WriteStartObject();
        json.WriteString("type", condition.Type.Name());
        if (condition.Field is { } field) json.WriteString("field", field);
        if (condition.Type is PolicyConditionType.Equals or PolicyConditionType.NotEquals || condition.Value is not null)
            Write(json, "value", condition.Value);
        if (condition.MinValue is { } least) json.WriteNumber("min_value", least);
        if (condition.MaxValue is { } greatest) json.WriteNumber("max_value", greatest);
        if (condition.RegexPattern is { } pattern) json.WriteString("regex_pattern", pattern);
        if (condition.Negate) json.WriteBoolean("negate", true);
        if (condition.IgnoreCase) json.WriteBoolean("ignore_case", true);
        if (condition.Values.Count > 0)
        {
            json.WriteStartArray("values");
            foreach (var value in condition.Values) Write(json, null, value);
            json.WriteEndArray();
        }

        if (condition.SubConditions.Count > 0)
        {
            json.WriteStartArray("sub_conditions");
            foreach (var inner in condition.SubConditions) Write(json, inner);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // Values are compared in their written form.
    private static void Write(Utf8JsonWriter json, string? name, object? value)
    {
        if (name is not null) json.WritePropertyName(name);
        if (Scalar.Canonical(value) is { } text) json.WriteStringValue(text);
        else json.WriteNullValue();
    }
}
