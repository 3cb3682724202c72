namespace MemoryTriggers.Build.Packages;

/// <summary>Libraries of each framework that the package is for: woven, loaded and run.</summary>
[Collection(nameof(PackageFeed))]
public sealed class FrameworkTests(PackageFeed feed)
{
    private static readonly string[] Recalled =
        ["recalled: Put apples at the top", "recalled: Picked apples for Ada", "recalled: Listed the stock", "recalled: Broke by", "note of the shelf"];

    [Fact]
    public async Task StandardLibrary_InItsOwnVersionOfCSharp_IsRecalledByAProgramOfNet10()
    {
        feed.AddProject("Standard", "netstandard2.0", FrameworkPrograms.Library, PackageFeed.Package("MemoryTriggers.Abstractions"));
        feed.AddProject(
            "StandardLatest", "netstandard2.0", FrameworkPrograms.Modern, PackageFeed.Package("MemoryTriggers.Abstractions"),
            "<LangVersion>latest</LangVersion>");
        feed.AddProject(
            "StandardProgram", "net10.0", FrameworkPrograms.Program + FrameworkPrograms.ModernProgram,
            PackageFeed.Package("MemoryTriggers") + """<ProjectReference Include="../Standard/Standard.csproj" />""" +
                """<ProjectReference Include="../StandardLatest/StandardLatest.csproj" />""",
            PackageFeed.Executable);

        var built = await feed.BuildAsync("StandardProgram");
        var said = await feed.StartAsync("StandardProgram");

        Assert.Equal([2, 4], built.Weaves.Order());
        Assert.DoesNotContain("warning ", built.Text, StringComparison.Ordinal);
        Assert.All(
            ["answered: 22", "answered: apples", "answered: 1", "answered: broken", "answered: box 2", "answered: 4", "answered: limit 100",
                .. Recalled, "recalled: Loaded the truck", "recalled: Drove to Bonn", "unload the truck"],
            expected => Assert.Contains(expected, said, StringComparison.Ordinal));
        Assert.DoesNotContain("1234-5678", said, StringComparison.Ordinal);
        Assert.DoesNotContain("problem: ", said, StringComparison.Ordinal);
    }

    // The reference assemblies are from a package. What was woven is compiled by the runtime at hand: every instruction of what runs is checked.
    [Theory]
    [InlineData("")]
    [InlineData("<LangVersion>8</LangVersion>")]
    [InlineData("<LangVersion>9</LangVersion>")]
    [InlineData("<LangVersion>latest</LangVersion><Nullable>enable</Nullable>")]
    public async Task FrameworkLibrary_InEachVersionOfCSharp_IsWovenAndRuns(string version)
    {
        var name = "Framework" + version.Count(static c => c == '<') + version.Sum(static c => c);
        feed.AddProject(
            name, "net472", FrameworkPrograms.Library,
            PackageFeed.Package("MemoryTriggers.Abstractions") +
                """<PackageReference Include="Microsoft.NETFramework.ReferenceAssemblies" Version="1.0.3" PrivateAssets="all" />""",
            version);
        feed.AddProject(
            name + "Program", "net10.0", FrameworkPrograms.Program,
            PackageFeed.Package("MemoryTriggers") + $"""<Reference Include="../{name}/bin/Debug/net472/{name}.dll" />""",
            PackageFeed.Executable);

        var built = await feed.BuildAsync(name);
        (await feed.BuildAsync(name + "Program")).MustSucceed();
        var said = await feed.StartAsync(name + "Program");

        Assert.Equal([4], built.Weaves);
        Assert.DoesNotContain("warning ", built.Text, StringComparison.Ordinal);
        Assert.All(Recalled, expected => Assert.Contains(expected, said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Net8Program_OnItsOwnRuntime_Captures()
    {
        feed.AddProject("Eight", "net8.0", FrameworkPrograms.Library, PackageFeed.Package("MemoryTriggers.Abstractions"));
        feed.AddProject(
            "EightProgram", "net8.0", FrameworkPrograms.Net8, """<ProjectReference Include="../Eight/Eight.csproj" />""",
            PackageFeed.Executable + "<RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>true</SelfContained>" +
                "<RuntimeFrameworkVersion>8.0.34</RuntimeFrameworkVersion><InvariantGlobalization>true</InvariantGlobalization>");

        var built = await feed.BuildAsync("EightProgram");
        var said = (await Dotnet.RunProgramAsync(Path.Combine(feed.Folder, "EightProgram", "bin", "Debug", "net8.0", "linux-x64", "EightProgram"))).MustSucceed().Text;

        Assert.Equal([4], built.Weaves);
        Assert.Contains("runs on: 8.0.34, unwoven: 0", said, StringComparison.Ordinal);
        Assert.Contains("answered: 33", said, StringComparison.Ordinal);
        Assert.Contains("<Break>body", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Captured(", said[said.IndexOf("trace: ", StringComparison.Ordinal)..], StringComparison.Ordinal);
        var captured = said.Split('\n').Where(static line => line.StartsWith("captured: ", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, captured.Count);
        Assert.All(["apples", "Ada", "the shelf broke", "scope of eight"], expected => Assert.Contains(captured, line => line.Contains(expected, StringComparison.Ordinal)));
        Assert.DoesNotContain("1234-5678", string.Concat(captured), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net8.0", "MemoryTriggers")]
    [InlineData("netstandard2.0", "MemoryTriggers")]
    [InlineData("net472", "MemoryTriggers")]
    [InlineData("net8.0", "MemoryTriggers.Runtime")]
    [InlineData("net8.0", "MemoryTriggers.TestingPlatform")]
    [InlineData("netstandard1.6", "MemoryTriggers.Abstractions")]
    public async Task Package_AddedToAFrameworkThatItIsNotFor_IsRefusedAndNamesItsOwn(string framework, string package)
    {
        var name = $"Refused.{framework}.{package}";
        feed.AddProject(name, framework, "class C { }", PackageFeed.Package(package));

        var restored = await feed.RunAsync(name, "restore");

        Assert.False(restored.Succeeded);
        restored.MustSay($"error NU1202: Package {package} ");
        restored.MustSay(package == "MemoryTriggers.Abstractions" ? "netstandard2.0" : "net10.0 (.NETCoreApp,Version=v10.0)");
    }

    [Fact]
    public async Task Trigger_InAVersionOfCSharpThatIsTooOld_IsAnErrorAtTheAttribute()
    {
        feed.AddProject(
            "Ancient", "netstandard2.0", "public class C { [MemoryTriggers.WorkflowMemoryTrigger] public void M() { } }",
            PackageFeed.Package("MemoryTriggers.Abstractions"), "<LangVersion>6</LangVersion>");

        var built = await feed.RunAsync("Ancient", "build", "--nologo");

        Assert.False(built.Succeeded);
        built.MustSay("Ancient.cs(1,19): error MTG015");
        Assert.DoesNotContain("CS8059", built.Text, StringComparison.Ordinal);
    }
}
