using MemoryTriggers.Build;

namespace MemoryTriggers.Runs;

/// <summary>Real builds with the logger.</summary>
public sealed class BuildLoggerTests : IDisposable
{
    private static readonly string Logger = Path.Combine(Repository.Logger("MemoryTriggers.MSBuild"), "MemoryTriggers.MSBuild.dll");
    private readonly Repository _repository = new();

    public BuildLoggerTests() => _repository.Write(
        "src/Shop/Shop.csproj",
        """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");

    public void Dispose() => _repository.Dispose();

    [Fact(Timeout = 300_000)]
    public async Task Build_ThatFailsTwiceAndThenSucceeds_IsRememberedAndLinked()
    {
        _repository.Write("src/Shop/Order.cs", "class Order\n{\n    int Total => Missing;\n}\n");
        var first = await BuildAsync(_repository.Settings);
        var second = await BuildAsync(_repository.Settings);
        _repository.Write("src/Shop/Order.cs", "class Order\n{\n    int Total => 1;\n}\n");
        var third = await BuildAsync(_repository.Settings);

        Assert.False(first.Succeeded);
        Assert.DoesNotContain("What earlier builds knew", first.Text, StringComparison.Ordinal);
        second.MustSay("What earlier builds knew of these errors:").MustSay("build src/Shop/Shop.csproj: seen 1 time");
        third.MustSucceed();
        var entries = await _repository.ReadAsync(runs: 3);
        var failures = entries.Where(static entry => entry.Tags.Contains("build-failure")).ToList();
        Assert.Equal(2, failures.Count);
        var failure = failures[0];
        Assert.Equal(("shop", "build src/Shop/Shop.csproj", "CS0103"), (failure.Project, failure.Key, failure.EntityId));
        var metadata = failure.Value.GetProperty("metadata");
        Assert.Equal(("src/Shop/Order.cs", "3"), (metadata.GetProperty("file").GetString(), metadata.GetProperty("line").GetString()));
        var error = failure.Tags.Single(static tag => tag.StartsWith("error:", StringComparison.Ordinal));
        Assert.Contains(error, failures[1].Tags);
        var resolution = Assert.Single(entries, static entry => entry.Tags.Contains("build-fixed"));
        Assert.Contains(error.Replace("error:", "resolves:", StringComparison.Ordinal), resolution.Tags);
        Assert.Equal(3, entries.Count(static entry => entry.Tags.Contains("build-run")));
    }

    [Fact(Timeout = 300_000)]
    public async Task Build_WithTheLineInAResponseFile_IsRemembered()
    {
        _repository.Write("Directory.Build.rsp", $"-logger:{Logger};{_repository.Settings}\n");
        _repository.Write("src/Shop/Order.cs", "class Order\n{\n    int Total => Missing;\n}\n");

        var output = await _repository.RunAsync("build", "src/Shop", "--nologo", "--verbosity", "quiet", "-maxcpucount:1");

        Assert.False(output.Succeeded);
        var failure = Assert.Single(await _repository.ReadAsync(runs: 1), static entry => entry.Tags.Contains("build-failure"));
        Assert.Equal("build src/Shop/Shop.csproj", failure.Key);
    }

    [Fact]
    public async Task Build_WhoseMemoryCannotBeWritten_BuildsAsEver()
    {
        _repository.Write("src/Shop/Order.cs", "class Order;");

        var output = await BuildAsync("Data=/proc/nowhere;Wait=60");

        output.MustSucceed();
    }

    private Task<BuildOutput> BuildAsync(string settings) => _repository.RunAsync(
        "build", "src/Shop", "--nologo", "--verbosity", "quiet", "-maxcpucount:1",
        $"-logger:{Logger};{settings}");
}
