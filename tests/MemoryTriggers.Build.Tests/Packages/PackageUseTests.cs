using System.Text.RegularExpressions;

namespace MemoryTriggers.Build.Packages;

/// <summary>What was decorated in a project that adds the packages is recalled.</summary>
[Collection(nameof(PackageFeed))]
public sealed class PackageUseTests(PackageFeed feed)
{
    [Fact]
    public void Build_OfAllProjects_WarnsOfNothing()
    {
        // The testing platform logs a source that it writes, with a directive that has the word.
        var warnings = feed.Built.Text.Split('\n').Where(static line => Regex.IsMatch(line, @"\bwarning( [A-Z]+\d+)?\s*:"));

        Assert.Equal("", string.Join('\n', warnings));
        Assert.Equal([1, 1, 1, 2, 2], feed.Built.Weaves.Order());
    }

    [Fact]
    public async Task Console_WithTheOnePackage_RecallsWhatItDid() =>
        Assert.Contains("recalled: Pushed main: 4 commits", await feed.StartAsync("Console"), StringComparison.Ordinal);

    [Fact]
    public void Console_BuiltForNoPlatform_HasSqliteForThePlatformsOfDotnetAlone()
    {
        string[] others = ["browser-wasm", "android-arm64", "ios-arm64", "linux-mips64", "linux-x86", "linux-armel"];

        var platforms = Directory.GetDirectories(Path.Combine(feed.Folder, "Console", "bin", "Debug", "net10.0", "runtimes")).Select(Path.GetFileName).ToList();

        Assert.Superset(new HashSet<string?> { "linux-x64", "linux-musl-x64", "linux-arm64", "osx-arm64", "win-x64" }, platforms.ToHashSet());
        Assert.Empty(platforms.Intersect(others));
    }

    [Fact]
    public async Task Library_OnAbstractionsOnly_IsRecalledByItsHost()
    {
        Assert.Contains("recalled: Picked apples", await feed.StartAsync("Host"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(feed.Folder, "Library", "bin", "Debug", "net10.0", "MemoryTriggers.Runtime.dll")));
    }

    [Fact]
    public async Task WebApplication_WithItsPackage_RecallsItsActionsAndItsFailedRequests()
    {
        var said = await feed.StartAsync("Web");

        Assert.Contains("answered: order 7", said, StringComparison.Ordinal);
        Assert.Contains("refused: 404", said, StringComparison.Ordinal);
        Assert.Contains("recalled: Looked at order 7, soon", said, StringComparison.Ordinal);
        Assert.Contains("recalled: Looked at order 0, nothing", said, StringComparison.Ordinal);
        Assert.Contains("recalled: Request failed: GET /broken/{number}: NotSupportedException: out of order", said, StringComparison.Ordinal);
        Assert.Contains("""health: {"service_initialized":true,""", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TestProject_WithDecoratedCodeAndTests_Passes()
    {
        var output = (await feed.RunAsync("Tests", "test", "--no-build", "--nologo")).MustSucceed();

        output.MustSay("Passed:     2");
    }

    [Fact]
    public async Task TestProject_WithTheLoggerOfItsPackage_RemembersItsTests()
    {
        var data = Path.Combine(feed.Folder, "data", "builds");

        var output = (await feed.RunAsync("Tests", "test", "--no-build", "--nologo", "--logger", $"memory-triggers;Data={data};Wait=60")).MustSucceed();

        output.MustSay("Passed:     2");
        Assert.True(File.Exists(Path.Combine(data, "memory.db")), output.Text);
    }

    [Fact]
    public async Task TestProgram_WithTheExtensionOfItsPackage_RemembersItsTests()
    {
        var data = Path.Combine(feed.Folder, "data", "platform");

        var output = (await feed.RunAsync("TestProgram", "run", "--no-build", "--", "--memory-triggers", $"Data={data}", "Wait=60")).MustSucceed();

        output.MustSay("succeeded: 2");
        Assert.True(File.Exists(Path.Combine(data, "memory.db")), output.Text);
    }
}
