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
            "address" => new HttpAddressAttribute().IsValid(new Uri(text, UriKind.RelativeOrAbsolute))
                ? null : "must be an address that begins with https:// or http://",
            "host" => Address(text) is null ? "must be a host, or an address that begins with https:// or http://" : null,
            "zone" => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _) ? null : "must be a time zone such as Europe/Berlin",
            _ => null,
        };
    }

    /// <summary>The address of a host that may or may not say how it is spoken to.</summary>
    public static Uri? Address(string host) =>
        Uri.TryCreate(host.Contains("://", StringComparison.Ordinal) ? host : $"https://{host}", UriKind.Absolute, out var address) &&
        address.Scheme is "https" or "http" && address.Host.Length > 0
            ? address : null;
}
