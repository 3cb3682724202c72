using System.Text.Json;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>Between the values of properties and those of keys.</summary>
internal static class SettingValues
{
    public static SettingKind KindOf(Type type) =>
        type == typeof(bool) ? SettingKind.Truth
        : type == typeof(int) || type == typeof(long) ? SettingKind.Integer
        : type == typeof(double) ? SettingKind.Number
        : type == typeof(string) || type == typeof(Uri) || type == typeof(TimeZoneInfo) || type.IsEnum ? SettingKind.Text
        : type == typeof(IReadOnlyList<string>) || type == typeof(IList<string>) ? SettingKind.List
        : SettingKind.Map;

    /// <summary>The value of the key; an empty text and the zone of the machine count as none.</summary>
    public static object? ToKey(object? option, SettingUnit unit) => option switch
    {
        null or "" => null,
        Enum name => JsonNamingPolicy.SnakeCaseLower.ConvertName(name.ToString()),
        Uri address => address.ToString(),
        TimeZoneInfo zone => ReferenceEquals(zone, TimeZoneInfo.Local) ? null : zone.Id,
        long count when unit == SettingUnit.None => checked((int)count),
        _ => unit == SettingUnit.None ? Snapshot(option) : SettingUnits.ToKey(unit, option),
    };

    /// <summary>The value of the property.</summary>
    public static object? ToOption(object? key, Type type, SettingUnit unit) => key switch
    {
        null => type == typeof(TimeZoneInfo) ? TimeZoneInfo.Local : null,
        string name when type.IsEnum => Enum.Parse(type, name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
        string address when type == typeof(Uri) => new Uri(address, UriKind.RelativeOrAbsolute),
        string zone when type == typeof(TimeZoneInfo) => TimeZoneInfo.FindSystemTimeZoneById(zone),
        int count when type == typeof(long) && unit == SettingUnit.None => (long)count,
        IEnumerable<string> items when type == typeof(IList<string>) => items.ToList(),
        _ => unit == SettingUnit.None ? key : SettingUnits.ToOption(unit, key, type),
    };

    /// <summary>A list as it is now; what is no list, itself.</summary>
    public static object? Snapshot(object? value) => value is IList<string> list and not string[] ? list.ToArray() : value;
}
