using System.Collections;
using System.Globalization;

namespace MemoryTriggers.Configuration;

/// <summary>All public options with their values, by their paths, such as <c>Delivery.BatchSize</c>.</summary>
internal static class OptionsTree
{
    public static SortedDictionary<string, string> Read(MemoryTriggersOptions options)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Walk(options, "", values);
        return values;
    }

    /// <summary>The options that differ.</summary>
    public static IReadOnlyList<string> Changed(MemoryTriggersOptions before, MemoryTriggersOptions after)
    {
        var (old, now) = (Read(before), Read(after));
        var changed = old.Keys.Union(now.Keys).Where(path => old.GetValueOrDefault(path) != now.GetValueOrDefault(path));
        return [.. changed.Order(StringComparer.Ordinal)];
    }

    private static void Walk(object options, string path, SortedDictionary<string, string> values)
    {
        foreach (var property in options.GetType().GetProperties())
        {
            var member = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            switch (property.GetValue(options))
            {
                case IDictionary<TriggerType, TriggerTypeOptions> types:
                    // A type that is not named has no limits.
                    foreach (var type in Enum.GetValues<TriggerType>())
                        Walk(types.TryGetValue(type, out var limits) ? limits : new TriggerTypeOptions(), $"{member}[{type}]", values);
                    break;
                case IDictionary<string, TimeSpan?> categories:
                    foreach (var (name, period) in categories) values[$"{member}[{name}]"] = Text(period);
                    break;
                case { } inner when inner.GetType().Name.EndsWith("Options", StringComparison.Ordinal):
                    Walk(inner, member, values);
                    break;
                case var value:
                    values[member] = Text(value);
                    break;
            }
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        TimeZoneInfo zone => zone.Id,
        IEnumerable list => string.Join(", ", list.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
