using System.Globalization;
using System.Text.RegularExpressions;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Configuration;

/// <summary>The tables of the reference's values, as they were written down from its source.</summary>
internal static partial class ReferenceTable
{
    public static readonly string[] Environments = ["development", "testing", "staging", "production"];

    /// <summary>Key, kind, bounds or values, default.</summary>
    public static IReadOnlyList<string[]> Bounds { get; } = Rows("config-bounds.md");

    /// <summary>Key, and the value for each of the four environments.</summary>
    public static IReadOnlyList<string[]> Values { get; } = Rows("environments.md");

    /// <summary>Environment, name of a trigger policy, key, value.</summary>
    public static IReadOnlyList<(string Environment, string Policy, string Key, string Value)> Policies { get; } = [.. ReadPolicies()];

    /// <summary>A value of Python as it is shown here.</summary>
    public static string Shown(string value) => value switch
    {
        "True" => "true",
        "False" => "false",
        "None" => "null",
        _ when value.StartsWith('[') => value.Replace("'", "", StringComparison.Ordinal),
        _ when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number.ToString("R", CultureInfo.InvariantCulture),
        _ => value.Trim('\''),
    };

    private static string[][] Rows(string file) =>
    [
        .. from line in Lines(file)
           where line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| key", StringComparison.Ordinal)
           select line.Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray(),
    ];

    private static IEnumerable<(string, string, string, string)> ReadPolicies()
    {
        var environment = "";
        foreach (var line in Lines("environments.md"))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) environment = line.Split(' ')[1];
            if (PolicyLine().Match(line) is not { Success: true } policy) continue;
            foreach (Match member in Member().Matches(policy.Groups[2].Value)) yield return (environment, policy.Groups[1].Value, member.Groups[1].Value, member.Groups[2].Value);
        }
    }

    private static string[] Lines(string file) =>
        File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Runtime.Tests", "Configuration", "Reference", file));

    [GeneratedRegex(@"^- (\w+) \{(.*)\}$")]
    private static partial Regex PolicyLine();

    [GeneratedRegex(@"'(\w+)': (\[[^\]]*\]|'[^']*'|[^,]+)")]
    private static partial Regex Member();
}
