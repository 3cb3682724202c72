using System.Text.RegularExpressions;
using MemoryTriggers.Retention;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>Texts that must have a form.</summary>
internal static class SettingForms
{
    private const int MaxText = 4_096;

    /// <returns>What is wrong; <see langword="null"/> when nothing is.</returns>
    public static string? Check(SettingProperty property, string text)
    {
        if (text.Length == 0) return "must not be empty";
        if (text.Length > MaxText) return $"must not have more than {MaxText} characters";
        if (property.Pattern is { } pattern && !Regex.IsMatch(text, pattern.Pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
            return $"must be of the form {pattern.Pattern}";
        return property.Form switch
        {
            "cron" => CronSchedule.Problem(text),
            "address" => HttpAddress.Problem(text),
            "host" => HttpAddress.Problem(Address(text), isBase: true),
            "zone" => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _) ? null : "must be a time zone such as Europe/Berlin",
            _ => null,
        };
    }

    /// <summary>The address of a host that may or may not have a scheme.</summary>
    public static string Address(string host) => host.Contains("://", StringComparison.Ordinal) ? host : $"https://{host}";

    /// <summary>A text for a message, without the parts of an address that may be secret.</summary>
    public static string Show(SettingProperty property, string text) =>
        property.Form is "address" or "host" or "hosts" ? HttpAddress.Show(text) : text;
}
