using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>
/// One key: its name, what it holds, its bounds, and how to get and set it. All of it is read from the property and its attributes.
/// Or a section, which has keys.
/// </summary>
internal sealed class SettingProperty
{
    private readonly PropertyInfo? _property;
    private readonly SettingAttribute _setting;
    private readonly Func<object, object> _owner = static settings => settings;
    private readonly SettingsType? _section;

    /// <param name="section">The path of the section that it is in.</param>
    /// <param name="property">The property.</param>
    /// <param name="setting">What makes it a key.</param>
    /// <param name="owner">From the whole configuration, or a member of a map, to the object that has the property.</param>
    public SettingProperty(string section, PropertyInfo property, SettingAttribute setting, Func<object, object> owner)
    {
        (_property, _setting, _owner, Section) = (property, setting, owner, section);
        Name = setting.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        Kind = setting.Unit == SettingUnit.None ? SettingValues.KindOf(Type) : SettingUnits.Kind(setting.Unit);
        if (property.GetCustomAttribute<RangeAttribute>() is { } range) (Minimum, Maximum) = Bounds(range.Minimum, range.Maximum);
        if (property.GetCustomAttribute<TimeSpanRangeAttribute>() is { } times) (Minimum, Maximum) = Bounds(times.Shortest, times.Longest);
        if (double.IsFinite(setting.Least)) Minimum = setting.Least;
        if (double.IsFinite(setting.Most)) Maximum = setting.Most;
        Allowed = Type.IsEnum ? [.. Enum.GetNames(Type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)]
            : [.. property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.Cast<string>() ?? []];
        Pattern = property.GetCustomAttribute<RegularExpressionAttribute>();
    }

    /// <param name="path">The path of the section.</param>
    /// <param name="effect">One sentence for the documents.</param>
    /// <param name="section">Its keys.</param>
    public SettingProperty(string path, string effect, SettingsType section)
    {
        var end = path.LastIndexOf('.');
        (Section, Name) = (end < 0 ? "" : path[..end], path[(end + 1)..]);
        (_setting, _section, Kind, Allowed) = (new SettingAttribute(effect), section, SettingKind.Section, []);
    }

    /// <summary>The path of the section that it is in; empty at the top, and in a member of a map.</summary>
    public string Section { get; }

    public string Name { get; }

    public string Path => Section.Length == 0 ? Name : $"{Section}.{Name}";

    /// <summary>The type that has the property.</summary>
    public Type? Owner => _property?.DeclaringType;

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
    public SettingsType? Inner => Kind == SettingKind.Map ? SettingTypes.MembersOf(_property!.PropertyType) : _section;

    private Type Type => Nullable.GetUnderlyingType(_property!.PropertyType) ?? _property.PropertyType;

    /// <summary>
    /// The value as the key has it; an empty text counts as none. A section is a part of the same object, and its value that object.
    /// </summary>
    public object? Get(object settings) =>
        _property is null ? settings : SettingValues.ToKey(_property.GetValue(_owner(settings)), _setting.Unit);

    public void Set(object settings, object? value) =>
        _property?.SetValue(_owner(settings), SettingValues.ToOption(value, Type, _setting.Unit));

    /// <summary>The value as the property of that object has it.</summary>
    public object? GetOption(object owner) => SettingValues.Snapshot(_property!.GetValue(owner));

    /// <summary>Sets the property of that object. A list is the program's, and may be of a kind of its own: values are added.</summary>
    public void SetOption(object owner, object? value)
    {
        if (_property!.GetValue(owner) is IList<string> list && value is IEnumerable<string> items) Add(list, items);
        else _property.SetValue(owner, value);
    }

    private static void Add(IList<string> list, IEnumerable<string> items)
    {
        foreach (var item in items.Where(item => !list.Contains(item)).ToList()) list.Add(item);
    }

    // A key that is a whole number cannot have what lies between.
    private (double Minimum, double Maximum) Bounds(object least, object most)
    {
        if (_setting.Unit == SettingUnit.None)
            return (Convert.ToDouble(least, CultureInfo.InvariantCulture), Convert.ToDouble(most, CultureInfo.InvariantCulture));
        var (minimum, maximum) = (SettingUnits.Count(_setting.Unit, least), SettingUnits.Count(_setting.Unit, most));
        return Kind == SettingKind.Integer ? (Math.Ceiling(minimum), Math.Floor(maximum)) : (minimum, maximum);
    }
}
