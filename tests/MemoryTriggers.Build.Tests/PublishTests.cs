using System.Reflection.PortableExecutable;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Build;

/// <summary>A program that was published, in whatever form, remembers as it did before.</summary>
public sealed class PublishTests : IDisposable
{
    // Its version is older than its care for trimming. What it warns of is not lost: the trimmed program stores and recalls.
    private const string KnownToWarn = "Microsoft.Data.Sqlite.";
    private readonly UserFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_Trimmed_CapturesAndNothingOfOursWarns()
    {
        var output = await PublishAsync("-p:PublishTrimmed=true", "-p:SelfContained=true", "-p:TrimmerSingleWarn=false");

        Assert.Equal([2], output.Weaves);
        var warnings = output.Text.Split('\n').Where(static line => line.Contains("warning IL", StringComparison.Ordinal));
        Assert.Equal("", string.Join((char)10, warnings.Where(static line => !line.Contains(KnownToWarn, StringComparison.Ordinal))));
        await RunAsync();
    }

    [Fact]
    public async Task Publish_CompiledAheadOfTheRun_Captures()
    {
        var output = await PublishAsync("-p:PublishReadyToRun=true", "-p:SelfContained=false");

        Assert.Equal([2], output.Weaves);
        using (var assembly = new PEReader(File.OpenRead(_folder.File("out", "Program.dll")))) Assert.NotEqual(0, assembly.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        await RunAsync();
    }

    private async Task<BuildOutput> PublishAsync(params string[] arguments)
    {
        _folder.AddProject("Program", Source.Program, UserFolder.RuntimeReference, "<OutputType>Exe</OutputType><UseAppHost>true</UseAppHost>");
        string[] all = ["--use-current-runtime", .. arguments];
        (await Dotnet.RunAsync(_folder.File("Program"), ["restore", .. all])).MustHaveRestored();
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
        Assert.True(File.Exists(data.File("memory.db")), "not in the store of files");
        Assert.DoesNotContain("problem: ", ran.Text, StringComparison.Ordinal);
    }
}
