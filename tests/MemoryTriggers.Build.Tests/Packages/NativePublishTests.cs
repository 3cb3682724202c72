using System.Text.RegularExpressions;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Build.Packages;

/// <summary>A program with the one package that is compiled to machine code.</summary>
[Collection(nameof(PackageFeed))]
public sealed partial class NativePublishTests(PackageFeed feed)
{
    private static readonly string[] Linkers = ["clang", "gcc"];

    [Fact]
    public async Task Console_PublishedAsNativeCode_RecallsWhatItDid_AndNothingOfOursWarns()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows() || Linkers.Any(IsInstalled), $"PublishAot links with {string.Join(" or ", Linkers)}, and neither is installed");
        string[] all = ["--use-current-runtime", "-p:PublishAot=true"];
        (await feed.RunAsync("Native", ["restore", .. all])).MustHaveRestored();

        var output = (await feed.RunAsync("Native", ["publish", "--no-restore", "--nologo", "--output", "out", .. all])).MustSucceed();

        var warnings = output.Text.Split('\n').Where(static line => line.Contains("warning ", StringComparison.Ordinal)).ToList();
        Assert.All(warnings, static line => Assert.Matches(OfAnAssembly(), line));
        var row = File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "weaving.md")).Single(static line => line.StartsWith("| `PublishAot` |", StringComparison.Ordinal));
        Assert.Equal(
            BetweenTicks().Matches(row).Select(static match => match.Groups[1].Value).Skip(1),
            warnings.Select(static line => OfAnAssembly().Match(line).Groups[1].Value).Distinct().Order(StringComparer.Ordinal));

        Assert.False(File.Exists(Path.Combine(feed.Folder, "Native", "out", "Native.dll")), "not native code");
        var data = Directory.CreateDirectory(Path.Combine(feed.Folder, "data", "Native"));
        var ran = (await Dotnet.RunProgramAsync(Path.Combine(feed.Folder, "Native", "out", OperatingSystem.IsWindows() ? "Native.exe" : "Native"), data.FullName)).MustSucceed();
        ran.MustSay("recalled: Pushed main: 4 commits");
        Assert.True(File.Exists(Path.Combine(data.FullName, "memory.db")), "not in the store of files");
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    // A package that warns does so once for each analysis, by its assembly.
    [GeneratedRegex("warning IL(?:2104|3053): Assembly '([^']+)'")]
    private static partial Regex OfAnAssembly();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex BetweenTicks();
}
