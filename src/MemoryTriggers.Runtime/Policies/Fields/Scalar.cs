using System.Globalization;
using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>
/// The one form in which values are compared: the text of a text, <c>true</c> and <c>false</c>, and a number as it is written shortest. So
/// <c>3</c>, <c>3.0</c> and <c>"3"</c> are the same, and a truth value is the word for it.
/// </summary>
internal static class Scalar
{
    /// <returns><see langword="null"/> for null, the value that a missing field has.</returns>
    public static string? Canonical(object? value) => value switch
    {
        null => null,
        string text => text,
        bool truth => truth ? "true" : "false",
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
        JsonElement { ValueKind: JsonValueKind.True } => "true",
        JsonElement { ValueKind: JsonValueKind.False } => "false",
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        JsonElement { ValueKind: JsonValueKind.Number } element =>
            element.TryGetInt64(out var integer) ? Canonical(integer) : Canonical(element.GetDouble()),
        double number => (number + 0.0).ToString("R", CultureInfo.InvariantCulture),
        float number => Canonical((double)number),
        decimal number => Canonical((double)number),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A value of type {value.GetType()} cannot be compared.", nameof(value)),
    };

    public static double? Number(object? value) =>
        value is not (null or bool) && double.TryParse(Canonical(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
