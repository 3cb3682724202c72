namespace MemoryTriggers.Build;

/// <summary>A build that ended halfway, wherever that was, is made good by the next one, or by doing what the error says.</summary>
public sealed class InterruptedBuildTests(OneProject project) : IClassFixture<OneProject>
{
    [Fact]
    public async Task Build_StoppedBetweenCompilerAndWeaver_IsWovenByTheNext()
    {
        project.Edit();
        Assert.Empty((await project.BuildAsync("-p:MemoryTriggersWeave=false")).MustSucceed().Weaves);

        var next = (await project.BuildAsync()).MustSucceed();

        Assert.Equal([2], next.Weaves);
        Assert.Equal(File.ReadAllBytes(project.Assembly), File.ReadAllBytes(project.Output));
    }

    [Fact]
    public async Task Build_WovenAssemblyWithoutItsStamp_IsLeftAsItIs()
    {
        var before = File.ReadAllBytes(project.Assembly);
        File.Delete(project.Stamp);

        var next = (await project.BuildAsync()).MustSucceed();

        Assert.Empty(next.Weaves);
        Assert.Equal(before, File.ReadAllBytes(project.Assembly));
        Assert.True(File.Exists(project.Stamp));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4000)]
    public async Task Build_AssemblyThatWasCutOff_SaysSoAndARebuildMendsIt(int length)
    {
        using (var file = File.OpenWrite(project.Assembly)) file.SetLength(length);
        File.Delete(project.Stamp);

        var next = await project.BuildAsync();

        Assert.False(next.Succeeded);
        next.MustSay("error MTW003");
        next.MustSay("--no-incremental");
        Assert.Equal([2], (await project.BuildAsync("--no-incremental")).MustSucceed().Weaves);
    }

    [Fact]
    public async Task Build_SymbolsOfAnotherBuild_SaysSoAndARebuildMendsIt()
    {
        var symbols = File.ReadAllBytes(project.Symbols);
        project.Edit();
        (await project.BuildAsync("-p:MemoryTriggersWeave=false")).MustSucceed();
        File.WriteAllBytes(project.Symbols, symbols);

        var next = await project.BuildAsync();

        Assert.False(next.Succeeded);
        next.MustSay("error MTW002");
        next.MustSay("--no-incremental");
        Assert.Equal([2], (await project.BuildAsync("--no-incremental")).MustSucceed().Weaves);
    }

    [Fact]
    public async Task Build_SymbolsLostBeforeWeaving_WarnsAndTheNextMendsIt()
    {
        project.Edit();

        var next = (await project.BuildAsync("-p:LoseSymbols=true")).MustSucceed();

        next.MustSay("warning MTW007");
        Assert.Equal([2], next.Weaves);
        Assert.DoesNotContain("MTW007", (await project.BuildAsync()).MustSucceed().Text, StringComparison.Ordinal);
        Assert.True(File.Exists(project.Symbols));
    }

    [Fact]
    public async Task Build_WrapperWithoutItsMethod_PointsAtTheLineOfTheMethodThatWasMeant()
    {
        using (project.With("""[MemoryTriggers.Capture.Wraps("Shop.Pusher::Push#0")] static class Lost { static void Enter() { } static void Body() { } }"""))
        {
            var line = Source.Pusher[..Source.Pusher.IndexOf("var length", StringComparison.Ordinal)].Count(static c => c == '\n');
            (await project.BuildAsync()).MustSay($"Library.cs({line}): MemoryTriggers error MTW001");
        }

        Assert.Equal([2], (await project.BuildAsync()).MustSucceed().Weaves);
    }

    [Fact]
    public async Task Build_LeftoversOfAWeaveThatWasKilled_AreNoHarm()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(project.Assembly)!, "memorytriggers")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Library.dll"), "half a file", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Library.pdb"), "half a file", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(project.Assembly + ".new", "half a file", TestContext.Current.CancellationToken);
        project.Edit();

        Assert.Equal([2], (await project.BuildAsync()).MustSucceed().Weaves);

        Assert.Empty(Directory.GetFiles(folder));
        Assert.False(File.Exists(project.Assembly + ".new"));
    }
}
