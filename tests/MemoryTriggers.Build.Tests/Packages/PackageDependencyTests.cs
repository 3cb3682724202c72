using System.IO.Compression;
using System.Xml.Linq;

namespace MemoryTriggers.Build.Packages;

/// <summary>What the packages ask for.</summary>
[Collection(nameof(PackageFeed))]
public sealed class PackageDependencyTests(PackageFeed feed)
{
    [Fact]
    public async Task Packages_ThatDependOnEachOther_AskForExactlyTheirOwnVersion()
    {
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(Path.Combine(feed.Folder, "feed"), "*.nupkg"))
        {
            found.AddRange((await DependenciesAsync(file))
                .Where(static dependency => dependency.Id.StartsWith("MemoryTriggers", StringComparison.Ordinal))
                .Select(dependency => $"{Path.GetFileName(file)}: {dependency.Id} {dependency.Version}"));
        }

        Assert.Contains(found, static line => line.Contains(": MemoryTriggers.Runtime ", StringComparison.Ordinal));
        Assert.All(found, line => Assert.EndsWith($" [{feed.PackageVersion}]", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runtime_DependsOnTheContractsOfHosts_NotOnTheHost()
    {
        var names = (await DependenciesAsync(Path.Combine(feed.Folder, "feed", $"MemoryTriggers.Runtime.{feed.PackageVersion}.nupkg"))).Select(static dependency => dependency.Id).ToList();

        Assert.Contains("Microsoft.Extensions.Hosting.Abstractions", names);
        Assert.DoesNotContain("Microsoft.Extensions.Hosting", names);
    }

    private static async Task<List<(string Id, string Version)>> DependenciesAsync(string file)
    {
        await using var package = await ZipFile.OpenReadAsync(file, TestContext.Current.CancellationToken);
        await using var nuspec = await package.Entries.Single(static entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).OpenAsync(TestContext.Current.CancellationToken);
        return (await XDocument.LoadAsync(nuspec, LoadOptions.None, TestContext.Current.CancellationToken)).Descendants()
            .Where(static element => element.Name.LocalName == "dependency")
            .Select(static element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value))
            .ToList();
    }
}
