using MemoryTriggers.TestKit;

namespace MemoryTriggers.Build;

/// <summary>A program that was published, in whatever form, remembers as it did before.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly UserFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_Trimmed_CapturesAndWarnsOfNothing()
    {
        var output = await PublishAsync("-p:PublishTrimmed=true", "-p:SelfContained=true", "-p:TrimmerSingleWarn=false");

        Assert.Equal([2], output.Weaves);
        Assert.DoesNotContain("warning IL", output.Text, StringComparison.Ordinal);
        await RunAsync();
    }

    [Fact]
    public async Task Publish_CompiledAheadOfTheRun_Captures()
    {
        var output = await PublishAsync("-p:PublishReadyToRun=true", "-p:SelfContained=false");

        Assert.Equal([2], output.Weaves);
        await RunAsync();
    }

    private async Task<BuildOutput> PublishAsync(params string[] arguments)
    {
        _folder.AddProject("Program", Source.Program, UserFolder.RuntimeReference, "<OutputType>Exe</OutputType><UseAppHost>true</UseAppHost>");
        string[] all = ["--use-current-runtime", .. arguments];
        var restored = await Dotnet.RunAsync(_folder.File("Program"), ["restore", .. all]);
        // A machine without the packs of the runtime, and without a way to get them.
        if (!restored.Succeeded) Assert.Skip(restored.Text);
        return (await Dotnet.RunAsync(_folder.File("Program"), ["publish", "--no-restore", "--nologo", "--verbosity", "normal", "-maxcpucount:1", "--output", _folder.File("out"), .. all])).MustSucceed();
    }

    private async Task RunAsync()
    {
        using var data = new TemporaryDirectory();

        var ran = await Dotnet.RunProgramAsync(_folder.File("out", OperatingSystem.IsWindows() ? "Program.exe" : "Program"), data.Path);

        Assert.True(ran.Succeeded, ran.Text);
        Assert.Contains("recalled: Placed apples", ran.Text, StringComparison.Ordinal);
        Assert.Contains("\"number\":4", ran.Text, StringComparison.Ordinal);
        Assert.Contains("found: Placed apples", ran.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("problem: ", ran.Text, StringComparison.Ordinal);
    }
}
