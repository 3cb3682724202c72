using System.Globalization;
using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>Reads parameters of actions.</summary>
internal static class ActionParameters
{
    public static readonly string[] LogLevels = ["debug", "info", "warning", "error", "critical"];

    /// <summary>A parameter as text; <see langword="null"/> when it is not there.</summary>
    public static string? Text(JsonElement parameters, string name) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out var value) ? Scalar(value) : null;

    /// <summary>
    /// A parameter as a list of texts. One text is a list of one, and a list inside, from a name alone in <c>${...}</c>, is a part of the
    /// list.
    /// </summary>
    public static IReadOnlyList<string> Texts(JsonElement parameters, string name) =>
        parameters.TryGetProperty(name, out var value) ? [.. Flat(value).Where(static text => text.Length > 0)] : [];

    public static double? Number(JsonElement parameters, string name) =>
        double.TryParse(Text(parameters, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<string> Flat(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().SelectMany(Flat)
        : Scalar(value) is { } one ? [one] : [];

    private static string? Scalar(JsonElement value) => Policies.Scalar.Canonical(
        value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? value.GetRawText() : value);
}
