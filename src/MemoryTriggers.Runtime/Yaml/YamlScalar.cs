using System.Globalization;

namespace MemoryTriggers.Yaml;

/// <summary>A single value. Only unquoted ones are numbers, truth values or null, as in YAML 1.2.</summary>
internal sealed record YamlScalar(int Line, int Column, string Text, bool IsPlain) : YamlNode(Line, Column)
{
    public bool IsNull => IsPlain && (Text is "" or "~" or "null" or "Null" or "NULL");

    public override string Kind => Value switch
    {
        null => "nothing",
        bool => "a truth value",
        string => "a text",
        _ => "a number",
    };

    public object? Value => IsNull ? null
        : !IsPlain ? Text
        : Truth is { } truth ? truth
        : long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? integer
        : Number is { } number ? number
        : Text;

    public bool? Truth => IsPlain ? Text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    } : null;

    // Words such as Infinity are texts in YAML.
    public double? Number => IsPlain && Text.Length > 0 && (char.IsAsciiDigit(Text[0]) || Text[0] is '-' or '+' or '.') &&
        double.TryParse(Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var number) &&
        double.IsFinite(number) ? number : null;
}
