using System.Globalization;
using System.Text.RegularExpressions;

namespace MemoryTriggers.Configuration;

/// <summary>Texts that must have a form.</summary>
internal static class SettingForms
{
    private const int MaxText = 4_096;
    private static readonly (string Name, int Minimum, int Maximum)[] CronFields = [("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("day of the week", 0, 7)];

    /// <returns>What is wrong; <see langword="null"/> when nothing is.</returns>
    public static string? Check(SettingProperty property, string text)
    {
        if (text.Length == 0) return "must not be empty";
        if (text.Length > MaxText) return $"must not have more than {MaxText} characters";
        if (property.Pattern is { } pattern && !Regex.IsMatch(text, pattern.Pattern, RegexOptions.None, TimeSpan.FromSeconds(1))) return $"must be of the form {pattern.Pattern}";
        return property.Form switch
        {
            "cron" => Cron(text),
            "host" => Address(text) is null ? "must be a host, or an address that begins with https:// or http://" : null,
            "zone" => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _) ? null : "must be a time zone such as Europe/Berlin",
            _ => null,
        };
    }

    /// <summary>The address of a host that may or may not say how it is spoken to.</summary>
    public static Uri? Address(string host) =>
        Uri.TryCreate(host.Contains("://", StringComparison.Ordinal) ? host : $"https://{host}", UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.Host.Length > 0
            ? address : null;

    private static string? Cron(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != CronFields.Length) return "must have five fields: minute, hour, day of the month, month, day of the week";
        for (var index = 0; index < fields.Length; index++)
        {
            var (name, minimum, maximum) = CronFields[index];
            if (!fields[index].Split(',').All(part => IsCronPart(part, minimum, maximum))) return $"has a {name} that is not from {minimum} to {maximum}";
        }

        return null;
    }

    private static bool IsCronPart(string part, int minimum, int maximum)
    {
        var step = part.Split('/');
        if (step.Length > 2 || step.Length == 2 && !(Number(step[1]) > 0)) return false;
        if (step[0] == "*") return true;
        var range = step[0].Split('-');
        return range.Length <= 2 && range.All(end => Number(end) is { } number && number >= minimum && number <= maximum) && (range.Length == 1 || Number(range[0]) <= Number(range[1]));
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
