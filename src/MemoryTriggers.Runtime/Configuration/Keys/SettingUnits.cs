using System.Globalization;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>Between the unit of a key and bytes or times.</summary>
internal static class SettingUnits
{
    public static SettingKind Kind(SettingUnit unit) =>
        unit is SettingUnit.Seconds or SettingUnit.Days ? SettingKind.Number : SettingKind.Integer;

    /// <summary>A size or a time in units of its key.</summary>
    public static double Count(SettingUnit unit, object option) =>
        (option is TimeSpan time ? time.Ticks : Convert.ToDouble(option, CultureInfo.InvariantCulture)) / Size(unit);

    /// <summary>The value of the key.</summary>
    public static object ToKey(SettingUnit unit, object option)
    {
        var count = Count(unit, option);
        return Kind(unit) == SettingKind.Number ? count : (object)(int)count;
    }

    /// <summary>The value of the option.</summary>
    /// <param name="unit">The unit of the key.</param>
    /// <param name="key">The value of the key.</param>
    /// <param name="type">What the option is.</param>
    public static object ToOption(SettingUnit unit, object key, Type type)
    {
        var amount = Convert.ToDouble(key, CultureInfo.InvariantCulture) * Size(unit);
        if (type == typeof(TimeSpan)) return Time(unit, amount);
        return type == typeof(long) ? (object)(long)amount : (int)amount;
    }

    // Days as a fraction are not exact to the tick: they are rounded, so that what is written is read back equal.
    private static TimeSpan Time(SettingUnit unit, double ticks)
    {
        var step = unit == SettingUnit.Days ? TimeSpan.TicksPerMillisecond : 1;
        return TimeSpan.FromTicks((long)Math.Round(ticks / step) * step);
    }

    // Bytes, or ticks.
    private static double Size(SettingUnit unit) => unit switch
    {
        SettingUnit.Kilobytes => 1024,
        SettingUnit.Megabytes => 1024 * 1024,
        SettingUnit.Milliseconds => TimeSpan.TicksPerMillisecond,
        SettingUnit.Seconds or SettingUnit.WholeSeconds => TimeSpan.TicksPerSecond,
        SettingUnit.Minutes => TimeSpan.TicksPerMinute,
        SettingUnit.WholeHours => TimeSpan.TicksPerHour,
        SettingUnit.Days or SettingUnit.WholeDays => TimeSpan.TicksPerDay,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "There is no such unit."),
    };
}
