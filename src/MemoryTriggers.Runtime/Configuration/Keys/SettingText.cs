using System.Globalization;

namespace MemoryTriggers.Configuration;

/// <summary>Values as they are written in a configuration.</summary>
internal static class SettingText
{
    public const string Masked = "********";

    /// <summary>The value for people: a list in brackets, a secret masked, nothing as <c>null</c>.</summary>
    public static string Show(SettingProperty property, object? value) => value switch
    {
        null => "null",
        _ when property.IsSecret => Masked,
        IReadOnlyList<string> list => $"[{string.Join(", ", list)}]",
        _ => Plain(value),
    };

    public static string Plain(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        double number => Number(number),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };

    // Always with a point, so that it is seen that there may be one.
    public static string Number(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny(".E") ? text : text + ".0";
    }
}
