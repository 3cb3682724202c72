using System.Collections;
using System.Text.RegularExpressions;
using MemoryTriggers.Capture;
using MemoryTriggers.Secrets;

namespace MemoryTriggers.Hooks;

/// <summary>
/// Takes secrets out of what tools print: the text after a name that suggests a secret, credentials in addresses, and the values of the
/// variables of the environment that are named so. Thread-safe.
/// </summary>
internal sealed partial class SecretText
{
    private const int ShortestValue = 6;
    private readonly string[] _values;

    /// <param name="values">Texts that are secrets wherever they appear.</param>
    public SecretText(IEnumerable<string> values) =>
        _values = [.. values.Where(static value => value.Length >= ShortestValue).Distinct()
            .OrderByDescending(static value => value.Length)];

    public static SecretText OfEnvironment() => new(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(static variable => SecretNames.Contains((string)variable.Key)).Select(static variable => variable.Value as string ?? ""));

    public string Mask(string text)
    {
        foreach (var value in _values) text = text.Replace(value, CaptureMarkers.Sensitive, StringComparison.Ordinal);
        text = Credentials().Replace(text, "$1" + CaptureMarkers.Sensitive + "@");
        return Named().Replace(text, "$1" + CaptureMarkers.Sensitive);
    }

    [GeneratedRegex(@"(\b[a-z][a-z0-9+.-]{1,20}://)[^\s/@'""]+@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Credentials();

    // "password=x", "ApiKey: 'x'", "Authorization: Bearer x"
    [GeneratedRegex(
        @"((?:password|passwd|passphrase|pwd|secret|token|api[-_ ]?key|access[-_ ]?key|account[-_ ]?key" +
        @"|private[-_ ]?key|credentials?|authorization|cookie)" +
        @"[""']?\s*[=:]\s*(?:(?:bearer|basic)\s+)?|\bbearer\s+)(?:""[^""]*""|'[^']*'|[^\s;,""']+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
