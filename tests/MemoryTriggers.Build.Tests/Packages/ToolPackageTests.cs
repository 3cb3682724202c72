using System.IO.Compression;

namespace MemoryTriggers.Build.Packages;

/// <summary>The tool, installed from its package as a user does.</summary>
[Collection(nameof(PackageFeed))]
public sealed class ToolPackageTests(PackageFeed feed)
{
    [Fact]
    public async Task Tool_Installed_Runs()
    {
        var folder = Path.Combine(feed.Folder, "tool");
        (await feed.RunAsync(".", "tool", "install", "MemoryTriggers.Cli", "--tool-path", folder, "--version", feed.PackageVersion)).MustSucceed();

        var version = (await Dotnet.RunProgramAsync(Path.Combine(folder, "memory-triggers"), "--version")).MustSucceed();
        var generated = (await Dotnet.RunProgramAsync(Path.Combine(folder, "memory-triggers"), "generate", "--minimal", "--no-memory")).MustSucceed();

        version.MustSay(feed.PackageVersion);
        generated.MustSay("environment: \"development\"");
    }

    [Fact]
    public async Task Tool_ForAnyPlatform_RunsByTheFrameworkAlone()
    {
        var folder = Path.Combine(feed.Folder, "any");
        using (var package = feed.Open("MemoryTriggers.Cli.any")) await package.ExtractToDirectoryAsync(folder, TestContext.Current.CancellationToken);
        var tool = Assert.Single(Directory.GetFiles(folder, "memory-triggers.dll", SearchOption.AllDirectories));

        var version = (await feed.RunAsync(".", tool, "--version")).MustSucceed();

        version.MustSay(feed.PackageVersion);
        Assert.Empty(Directory.GetFiles(folder, "memory-triggers", SearchOption.AllDirectories));
    }
}
