using System.Globalization;
using System.Text.Json;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Policies;

/// <summary>The required parameters of each kind of action.</summary>
internal static class ActionParameters
{
    public static readonly string[] LogLevels = ["debug", "info", "warning", "error", "critical"];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>A parameter as text; <see langword="null"/> when it is not there.</summary>
    public static string? Text(JsonElement parameters, string name) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out var value) ? Scalar(value) : null;

    /// <summary>A parameter as a list of texts; one text is a list of one.</summary>
    public static IReadOnlyList<string> Texts(JsonElement parameters, string name)
    {
        if (!parameters.TryGetProperty(name, out var value)) return [];
        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(Scalar).OfType<string>()]
            : Scalar(value) is { } one ? [one] : [];
    }

    public static double? Number(JsonElement parameters, string name) =>
        double.TryParse(Text(parameters, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static IEnumerable<(string Name, string Problem)> Problems(PolicyAction action)
    {
        var parameters = action.Parameters;
        return action.Type switch
        {
            PolicyActionTypes.CreateMemory => Needs(parameters, "content").Concat(OneOf(parameters, "priority", PolicyNames.Priorities)),
            PolicyActionTypes.RecallMemory when Text(parameters, "query") is null && Text(parameters, "memory_id") is null =>
                [("", "'recall_memory' needs 'query' or 'memory_id'")],
            PolicyActionTypes.UpdateMemory or PolicyActionTypes.DeleteMemory or PolicyActionTypes.ArchiveMemory =>
                Needs(parameters, "memory_id"),
            PolicyActionTypes.SetQualityScore => Score(parameters),
            PolicyActionTypes.AddTag or PolicyActionTypes.RemoveTag => Needs(parameters, "tag"),
            PolicyActionTypes.TriggerAlert => Needs(parameters, "message"),
            PolicyActionTypes.LogEvent => Needs(parameters, "message").Concat(OneOf(parameters, "level", LogLevels)),
            PolicyActionTypes.ExecuteWebhook =>
                Needs(parameters, "url").Concat(Url(parameters)).Concat(OneOf(parameters, "method", Methods)),
            PolicyActionTypes.ChainPolicy => Needs(parameters, "policy_name").Concat(
                Text(parameters, "policy_name") is { } name && name.Contains("${", StringComparison.Ordinal)
                    ? [("policy_name", "must name a rule; it cannot be a template")]
                    : []),
            _ => [],
        };
    }

    private static string? Scalar(JsonElement value) => Policies.Scalar.Canonical(
        value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? value.GetRawText() : value);

    private static IEnumerable<(string Name, string Problem)> Needs(JsonElement parameters, string name) =>
        string.IsNullOrWhiteSpace(Text(parameters, name)) ? [("", $"the action needs the parameter '{name}'")] : [];

    private static IEnumerable<(string Name, string Problem)> OneOf(JsonElement parameters, string name, string[] known) =>
        Text(parameters, name) is { } given && !IsTemplate(given) && !known.Contains(given, StringComparer.OrdinalIgnoreCase)
            ? [(name, $"unknown {name} '{given}'{NearestName.Hint(given, known)}")]
            : [];

    private static IEnumerable<(string Name, string Problem)> Score(JsonElement parameters)
    {
        if (Text(parameters, "score") is not { } text) return Needs(parameters, "score");
        if (IsTemplate(text)) return [];
        return Number(parameters, "score") is { } score and >= 0 and <= 1 ? [] : [("score", $"must be between 0 and 1; it is {text}")];
    }

    private static IEnumerable<(string Name, string Problem)> Url(JsonElement parameters)
    {
        if (Text(parameters, "url") is not { } url || url.StartsWith("${", StringComparison.Ordinal)) return [];
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && (address?.Scheme is "http" or "https")
            ? []
            : [("url", $"'{url}' is not an address that begins with http:// or https://")];
    }

    private static bool IsTemplate(string text) => text.Contains("${", StringComparison.Ordinal);
}
