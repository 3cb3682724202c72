using System.Globalization;

namespace MemoryTriggers.Retention;

/// <summary>
/// Times by five fields of cron: minute, hour, day of the month, month, day of the week; each a star, numbers, ranges, steps.
/// </summary>
internal sealed class CronSchedule
{
    private static readonly (string Name, int Minimum, int Maximum)[] Fields = [("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("day of the week", 0, 7)];

    private readonly HashSet<int>[] _fields;
    private readonly bool _isAnyDay;
    private readonly bool _isAnyWeekday;

    private CronSchedule(HashSet<int>[] fields, bool isAnyDay, bool isAnyWeekday) => (_fields, _isAnyDay, _isAnyWeekday) = (fields, isAnyDay, isAnyWeekday);

    /// <exception cref="FormatException">It is no schedule; <see cref="Problem"/> says why.</exception>
    public static CronSchedule Parse(string text)
    {
        if (Problem(text) is { } problem) throw new FormatException($"The schedule '{text}' {problem}.");
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        HashSet<int>[] fields = [.. parts.Select(static (part, index) => Values(part, Fields[index].Minimum, Fields[index].Maximum)!)];
        // Sunday is 0 and 7.
        if (fields[4].Contains(7)) fields[4].Add(0);
        return new CronSchedule(fields, parts[2] == "*", parts[4] == "*");
    }

    /// <returns>What is wrong with it; <see langword="null"/> when nothing is.</returns>
    public static string? Problem(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != Fields.Length) return "must have five fields: minute, hour, day of the month, month, day of the week";
        for (var index = 0; index < parts.Length; index++)
        {
            var (name, minimum, maximum) = Fields[index];
            if (Values(parts[index], minimum, maximum) is null) return $"has a {name} that is not from {minimum} to {maximum}";
        }

        return null;
    }

    /// <summary>Whether one of its minutes is after the first time, up to and including the second.</summary>
    public bool HasTimeBetween(DateTimeOffset after, DateTimeOffset until)
    {
        // Whatever is longer ago than a leap day can be was missed anyway.
        var first = until - after > TimeSpan.FromDays(366 * 8) ? until.AddDays(-366 * 8) : after;
        for (var minute = new DateTimeOffset(until.Year, until.Month, until.Day, until.Hour, until.Minute, 0, until.Offset); minute > first;)
        {
            if (!IsDay(minute)) minute = new DateTimeOffset(minute.Year, minute.Month, minute.Day, 0, 0, 0, minute.Offset).AddMinutes(-1);
            else if (_fields[1].Contains(minute.Hour) && _fields[0].Contains(minute.Minute)) return true;
            else minute = minute.AddMinutes(-1);
        }

        return false;
    }

    // Of the two kinds of day, either will do, unless one of them is any.
    private bool IsDay(DateTimeOffset time)
    {
        var (day, weekday) = (_fields[2].Contains(time.Day), _fields[4].Contains((int)time.DayOfWeek));
        return _fields[3].Contains(time.Month) && (_isAnyDay || _isAnyWeekday ? day && weekday : day || weekday);
    }

    private static HashSet<int>? Values(string field, int minimum, int maximum)
    {
        var values = new HashSet<int>();
        foreach (var part in field.Split(','))
        {
            var step = part.Split('/');
            var range = step[0] == "*" ? [minimum, maximum] : step[0].Split('-').Select(Number).ToArray();
            var by = step.Length == 1 ? 1 : Number(step[1]);
            if (step.Length > 2 || range.Length > 2 || by <= 0 || range[0] < minimum || range[^1] > maximum || range[0] > range[^1]) return null;
            for (var value = range[0]; value <= range[^1]; value += by) values.Add(value);
        }

        return values;
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
