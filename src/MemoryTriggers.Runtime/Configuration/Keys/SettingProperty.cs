using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>
/// One key: its name, what it holds, its bounds, and how to get and set it. All of it is read from the property and its attributes.
/// </summary>
internal sealed class SettingProperty
{
    private readonly PropertyInfo _property;
    private readonly SettingAttribute _setting;
    private readonly Func<object, object> _owner;
    private readonly Type _type;

    /// <param name="property">The property of the section, or of a part of it.</param>
    /// <param name="setting">What makes it a key.</param>
    /// <param name="owner">From the section to the object that has the property.</param>
    public SettingProperty(PropertyInfo property, SettingAttribute setting, Func<object, object> owner)
    {
        (_property, _setting, _owner) = (property, setting, owner);
        _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Name = setting.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        Kind = setting.Unit == SettingUnit.None ? KindOf(_type) : SettingUnits.Kind(setting.Unit);
        if (property.GetCustomAttribute<RangeAttribute>() is { } range) (Minimum, Maximum) = Bounds(range.Minimum, range.Maximum);
        if (property.GetCustomAttribute<TimeSpanRangeAttribute>() is { } times) (Minimum, Maximum) = Bounds(times.Shortest, times.Longest);
        if (double.IsFinite(setting.Least)) Minimum = setting.Least;
        if (double.IsFinite(setting.Most)) Maximum = setting.Most;
        Allowed = _type.IsEnum ? [.. Enum.GetNames(_type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)]
            : [.. property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.Cast<string>() ?? []];
        Pattern = property.GetCustomAttribute<RegularExpressionAttribute>();
    }

    public string Name { get; }

    public SettingKind Kind { get; }

    public double? Minimum { get; }

    public double? Maximum { get; }

    /// <summary>The texts that are allowed; none for any.</summary>
    public IReadOnlyList<string> Allowed { get; }

    public RegularExpressionAttribute? Pattern { get; }

    public string Effect => _setting.Effect;

    public bool IsRequired => _setting.IsRequired;

    public bool IsSecret => _setting.IsSecret;

    public bool NeedsRestart => _setting.NeedsRestart;

    public string? Form => _setting.Form;

    /// <summary>The keys of a section, or of each member of a map.</summary>
    public SettingsType? Inner => Kind is SettingKind.Section or SettingKind.Map ? SettingTypes.Of(_property.PropertyType) : null;

    /// <summary>The value as the key has it; an empty text counts as none.</summary>
    public object? Get(object settings) => GetOption(settings) switch
    {
        null or "" => null,
        Enum name => JsonNamingPolicy.SnakeCaseLower.ConvertName(name.ToString()),
        Uri address => address.ToString(),
        long count when _setting.Unit == SettingUnit.None => checked((int)count),
        var value => _setting.Unit == SettingUnit.None ? value : SettingUnits.ToKey(_setting.Unit, value),
    };

    public void Set(object settings, object? value) => SetOption(settings, value switch
    {
        null => null,
        string name when _type.IsEnum => Enum.Parse(_type, name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
        string address when _type == typeof(Uri) => new Uri(address, UriKind.RelativeOrAbsolute),
        int count when _type == typeof(long) && _setting.Unit == SettingUnit.None => (long)count,
        _ => _setting.Unit == SettingUnit.None ? value : SettingUnits.ToOption(_setting.Unit, value, _type),
    });

    /// <summary>The value as the property has it.</summary>
    public object? GetOption(object settings) => _property.GetValue(_owner(settings));

    public void SetOption(object settings, object? value) => _property.SetValue(_owner(settings), value);

    // A key that is a whole number cannot have what lies between.
    private (double Minimum, double Maximum) Bounds(object least, object most)
    {
        if (_setting.Unit == SettingUnit.None) return (Convert.ToDouble(least, CultureInfo.InvariantCulture), Convert.ToDouble(most, CultureInfo.InvariantCulture));
        var (minimum, maximum) = (SettingUnits.Count(_setting.Unit, least), SettingUnits.Count(_setting.Unit, most));
        return Kind == SettingKind.Integer ? (Math.Ceiling(minimum), Math.Floor(maximum)) : (minimum, maximum);
    }

    private static SettingKind KindOf(Type type) =>
        type == typeof(bool) ? SettingKind.Truth
        : type == typeof(int) || type == typeof(long) ? SettingKind.Integer
        : type == typeof(double) ? SettingKind.Number
        : type == typeof(string) || type == typeof(Uri) || type.IsEnum ? SettingKind.Text
        : type == typeof(IReadOnlyList<string>) ? SettingKind.List
        : type.IsInterface ? SettingKind.Map
        : SettingKind.Section;
}
