using System.Globalization;
using System.Xml.Linq;

namespace MemoryTriggers.Build;

/// <summary>Coverage counts the lines of a woven method where the user wrote them.</summary>
public sealed class CoverageTests : IDisposable
{
    private const string Tests =
        """
        using Xunit;

        public class PusherTests
        {
            [Fact] public void Push() => Assert.Equal(4, Shop.Pusher.Push("main"));
            [Fact] public async System.Threading.Tasks.Task Check() => Assert.Equal(4, await Shop.Pusher.CheckAsync(3));
        }
        """;

    private readonly UserFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Coverage_OfWovenMethods_HitsTheLinesOfTheUser()
    {
        _folder.AddProject("Library", Source.Pusher);
        _folder.AddProject(
            "Tests",
            Tests,
            """<ProjectReference Include="../Library/Library.csproj" />""" + UserFolder.PackageReferences("coverlet.collector", "Microsoft.NET.Test.Sdk", "xunit.v3.mtp-off", "xunit.runner.visualstudio"),
            "<OutputType>Exe</OutputType>");
        (await Dotnet.RunAsync(_folder.File("Tests"), "restore")).MustHaveRestored();

        (await Dotnet.RunAsync(_folder.File("Tests"), "test", "--no-restore", "--nologo", "-maxcpucount:1", "--collect:XPlat Code Coverage", "--results-directory", _folder.File("results"))).MustSucceed();

        var report = XDocument.Load(Assert.Single(Directory.GetFiles(_folder.File("results"), "coverage.cobertura.xml", SearchOption.AllDirectories)));
        // The library itself comes with symbols here, and is measured, too.
        var types = report.Descendants("package").Single(static package => package.Attribute("name")!.Value == "Library").Descendants("class").ToList();
        Assert.All(types, static type => Assert.EndsWith("Library.cs", type.Attribute("filename")!.Value, StringComparison.Ordinal));
        var hit = types.Elements("lines").Elements("line").Where(static line => Number(line, "hits") > 0).Select(static line => Number(line, "number")).Distinct().Order();
        int[] pushed = [.. Enumerable.Range(Line("var length") - 1, 4)];
        int[] @checked = [.. Enumerable.Range(Line("await Task") - 1, 4)];
        Assert.Equal([.. pushed, .. @checked], hit);
    }

    private static int Line(string text) => Source.Pusher[..Source.Pusher.IndexOf(text, StringComparison.Ordinal)].Count(static c => c == '\n') + 1;

    private static int Number(XElement line, string attribute) => int.Parse(line.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
