using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace MemoryTriggers.Configuration;

/// <summary>One key: its name, what it holds, its bounds, and how to get and set it. All of it is read from the property and its attributes.</summary>
internal sealed class SettingProperty
{
    private readonly PropertyInfo _property;
    private readonly SettingAttribute _setting;

    public SettingProperty(PropertyInfo property, SettingAttribute setting)
    {
        (_property, _setting) = (property, setting);
        Name = setting.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        Kind = KindOf(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            Minimum = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
            Maximum = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
        }

        Allowed = [.. property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.Cast<string>() ?? []];
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

    public object? Get(object settings) => _property.GetValue(settings);

    public void Set(object settings, object? value) => _property.SetValue(settings, value);

    private static SettingKind KindOf(Type type) =>
        type == typeof(bool) ? SettingKind.Truth
        : type == typeof(int) ? SettingKind.Integer
        : type == typeof(double) ? SettingKind.Number
        : type == typeof(string) ? SettingKind.Text
        : type == typeof(IReadOnlyList<string>) ? SettingKind.List
        : type.IsInterface ? SettingKind.Map
        : SettingKind.Section;
}
