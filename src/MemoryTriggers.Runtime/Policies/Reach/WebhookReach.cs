using System.Net;
using System.Text.RegularExpressions;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Policies;

/// <summary>Which hosts webhooks may reach.</summary>
internal sealed class WebhookReach(IEnumerable<string> hosts, bool allowPrivate)
{
    private readonly List<Regex> _hosts = [.. hosts.Select(static host => SafeRegex.Create(Glob.ToRegex(host), ignoreCase: true))];

    public bool AllowPrivate { get; } = allowPrivate;

    public bool IsListed(string host) => _hosts.Exists(allowed => allowed.IsMatch(host));

    /// <returns>
    /// Why an address cannot be reached; <see langword="null"/> when it can, when its host is known only later, or when it is none.
    /// </returns>
    public string? Problem(string? url)
    {
        // Whole labels may come from the memory, or a secret: the host is checked again when it is called.
        if (url is null || HttpAddress.Problem(Placeholders.Blank(url)) is not null) return null;
        var address = new Uri(Placeholders.Blank(url));
        var afterScheme = url.IndexOf("//", StringComparison.Ordinal) + 2;
        var end = url.AsSpan(afterScheme).IndexOfAny('/', '?', '#');
        var authority = end < 0 ? url[afterScheme..] : url[afterScheme..(afterScheme + end)];
        if (Placeholders.Of(authority).Any()) return null;
        if (!IsListed(address.IdnHost)) return $"webhooks may not reach '{address.IdnHost}': it is not among the allowed hosts";
        return !AllowPrivate && IPAddress.TryParse(address.IdnHost, out var literal) && !PublicAddress.Is(literal)
            ? $"webhooks may not reach '{address.IdnHost}': it is not a public address"
            : null;
    }
}
