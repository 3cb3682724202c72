using System.Globalization;
using System.Text.RegularExpressions;

namespace MemoryTriggers.Build;

/// <summary>What a build came to, and what it said.</summary>
internal sealed partial class BuildOutput(int exitCode, string text)
{
    public bool Succeeded => exitCode == 0;

    public string Text => text;

    /// <summary>How many methods each run of the weaver has woven.</summary>
    public IReadOnlyList<int> Weaves => [.. WovenMessage().Matches(text).Select(static match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    public BuildOutput MustSucceed()
    {
        Assert.True(Succeeded, text);
        return this;
    }

    public BuildOutput MustSay(string part)
    {
        Assert.True(text.Contains(part, StringComparison.Ordinal), $"not said: {part}\n{text}");
        return this;
    }

    /// <summary>Skips the test on a machine that lacks a package and cannot get it. Whatever else went wrong is a failure.</summary>
    public void MustHaveRestored()
    {
        var missing = text.Split('\n').Where(static line => line.Contains("error NU", StringComparison.Ordinal)).Distinct().ToList();
        if (missing.Count > 0) Assert.Skip(string.Join('\n', missing));
        MustSucceed();
    }

    [GeneratedRegex("MemoryTriggers: (\\d+) methods woven")]
    private static partial Regex WovenMessage();
}
