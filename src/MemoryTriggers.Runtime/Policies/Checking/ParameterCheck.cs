using System.Globalization;
using System.Text.Json;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Policies;

/// <summary>Checks the parameters of an action against what its type has. A value with <c>${...}</c> is known only later.</summary>
internal static class ParameterCheck
{
    /// <returns>The problems, each with the path of its parameter; an empty path is the action itself.</returns>
    public static IEnumerable<(string Path, string Problem)> Run(PolicyAction action)
    {
        if (ActionSchemas.Of(action.Type) is not { } schema) return [];
        var parameters = action.Parameters;
        return Members(parameters, schema, "").Concat(action.Type switch
        {
            PolicyActionTypes.RecallMemory when !Has(parameters, "query") && !Has(parameters, "memory_id") =>
                [("", "'recall_memory' needs 'query' or 'memory_id'")],
            PolicyActionTypes.UpdateMemory when parameters.EnumerateObject().All(static member => member.Name is "memory_id") =>
                [("", "'update_memory' needs something to change, such as 'content' or 'tags'")],
            PolicyActionTypes.TriggerAlert => AlertType(parameters),
            _ => [],
        });
    }

    private static IEnumerable<(string Path, string Problem)> Members(JsonElement given, ActionParameter[] schema, string path)
    {
        string[] names = [.. schema.Select(static parameter => parameter.Name)];
        foreach (var member in given.EnumerateObject())
        {
            if (Array.Find(schema, parameter => parameter.Name == member.Name) is not { } parameter)
            {
                var known = names.Length == 0 ? "; there are none" : NearestName.Hint(member.Name, names);
                yield return (path + member.Name, $"unknown parameter '{member.Name}'{known}");
                continue;
            }

            if (member.Value.ValueKind == JsonValueKind.Null) continue;
            foreach (var problem in Values(member.Value, parameter, path + member.Name)) yield return problem;
        }

        foreach (var parameter in schema.Where(parameter => parameter.IsRequired && !Has(given, parameter.Name)))
            yield return (path.TrimEnd('.'), $"the action needs the parameter '{parameter.Name}'");
    }

    private static bool Has(JsonElement parameters, string name) =>
        parameters.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static IEnumerable<(string Path, string Problem)> Values(JsonElement value, ActionParameter parameter, string path)
    {
        switch (parameter.Kind)
        {
            case ParameterKind.Any:
                return [];
            case ParameterKind.Members when value.ValueKind == JsonValueKind.Object:
                return value.EnumerateObject().Any() ? Members(value, parameter.Members, path + '.') : [(path, "must not be empty")];
            case ParameterKind.Mapping when value.ValueKind == JsonValueKind.Object:
                return [];
            case ParameterKind.TextMapping when value.ValueKind == JsonValueKind.Object:
                return value.EnumerateObject().Where(static member => !IsSingle(member.Value))
                    .Select(member => ($"{path}.{member.Name}", "must be a single value"));
            case ParameterKind.Mapping or ParameterKind.TextMapping or ParameterKind.Members:
                return [(path, "must be a mapping")];
            case ParameterKind.Texts when value.ValueKind == JsonValueKind.Array:
                return value.GetArrayLength() == 0
                    ? [(path, "must not be empty")]
                    : value.EnumerateArray().SelectMany((item, index) => Single(item, parameter, $"{path}[{index}]"));
            default:
                return Single(value, parameter, path);
        }
    }

    private static IEnumerable<(string Path, string Problem)> Single(JsonElement value, ActionParameter parameter, string path) =>
        (IsSingle(value) ? OfText(Scalar.Canonical(value) ?? "", parameter) : "must be a single value") is { } problem
            ? [(path, problem)] : [];

    private static string? OfText(string text, ActionParameter parameter)
    {
        if (string.IsNullOrWhiteSpace(text)) return "must not be empty";
        if (parameter.Kind == ParameterKind.Rule)
            return Placeholders.Of(text).Any() ? "must name a rule; it cannot be a template" : null;
        if (parameter.Kind == ParameterKind.Address) return Address(text);
        if (Placeholders.Of(text).Any()) return null;
        return parameter.Kind switch
        {
            ParameterKind.Id => Guid.TryParse(text, out _) ? null : $"must be the id of a memory; it is '{text}'",
            ParameterKind.Name => parameter.Names.Contains(text, StringComparer.OrdinalIgnoreCase)
                ? null : $"unknown {parameter.Name} '{text}'{NearestName.Hint(text, parameter.Names)}",
            ParameterKind.Number => IsWithin(text, parameter, isWhole: false) ? null : $"must be {Bounds(parameter)}; it is {text}",
            ParameterKind.Integer => IsWithin(text, parameter, isWhole: true)
                ? null : $"must be a whole number {Bounds(parameter)}; it is {text}",
            _ => null,
        };
    }

    private static string? Address(string text)
    {
        // A value of a memory is escaped in an address, so it is never the address itself; a secret may be.
        var first = Placeholders.Of(text).FirstOrDefault();
        if (text.StartsWith("${", StringComparison.Ordinal))
            return Secrets.VariableOf(first.Name) is null ? "must begin with http:// or https://, not with a value of the memory" : null;
        return HttpAddress.Problem(Placeholders.Blank(text)) is { } problem ? $"{problem}; it is '{HttpAddress.Show(text)}'" : null;
    }

    // The type is free, but its level is not: a slip of one must not become another type.
    private static IEnumerable<(string Path, string Problem)> AlertType(JsonElement parameters)
    {
        if (ActionParameters.Text(parameters, "alert_type") is not { } type) return [];
        var level = NearestName.SlipOf(type.ToLowerInvariant(), ActionParameters.LogLevels);
        return level is null ? [] : [("alert_type", $"unknown alert_type '{type}'; did you mean '{level}'?")];
    }

    private static bool IsSingle(JsonElement value) => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    private static bool IsWithin(string text, ActionParameter parameter, bool isWhole) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= parameter.Least
        && number <= parameter.Greatest && (!isWhole || double.IsInteger(number));

    private static string Bounds(ActionParameter parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"between {parameter.Least} and {parameter.Greatest}");
}
