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
            """<ProjectReference Include="../Library/Library.csproj" />""" + UserFolder.PackageReferences("coverlet.collector", "Microsoft.NET.Test.Sdk", "xunit.v3", "xunit.runner.visualstudio"),
            "<OutputType>Exe</OutputType>");
        var restored = await Dotnet.RunAsync(_folder.File("Tests"), "restore");
        if (!restored.Succeeded) Assert.Skip(restored.Text);

        var ran = (await Dotnet.RunAsync(_folder.File("Tests"), "test", "--no-restore", "--nologo", "-maxcpucount:1", "--collect:XPlat Code Coverage", "--results-directory", _folder.File("results"))).MustSucceed();

        var report = XDocument.Load(Assert.Single(Directory.GetFiles(_folder.File("results"), "coverage.cobertura.xml", SearchOption.AllDirectories)));
        var hits = report.Descendants("class").Where(static type => type.Attribute("filename")!.Value.EndsWith("Library.cs", StringComparison.Ordinal))
            .Elements("lines").Elements("line")
            .ToLookup(static line => Number(line, "number"), static line => Number(line, "hits"));
        Assert.True(hits.Count > 0, ran.Text);
        Assert.All(new[] { "var length", "return length", "await Task", "return number" }, text => Assert.All(hits[Line(text)].DefaultIfEmpty(), count => Assert.True(count > 0, $"{text}\n{report}")));
    }

    private static int Line(string text) => Source.Pusher[..Source.Pusher.IndexOf(text, StringComparison.Ordinal)].Count(static c => c == '\n') + 1;

    private static int Number(XElement line, string attribute) => int.Parse(line.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
