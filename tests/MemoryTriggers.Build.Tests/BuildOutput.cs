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

    [GeneratedRegex("MemoryTriggers: (\\d+) methods woven")]
    private static partial Regex WovenMessage();
}
