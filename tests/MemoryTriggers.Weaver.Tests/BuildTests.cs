using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;
using MemoryTriggers.Weaver.Diagnostics;

namespace MemoryTriggers.Weaver;

/// <summary>What the weaver does to files: what it keeps, when it changes nothing, and what it reports.</summary>
[Collection(nameof(ProcessWide))]
public sealed class BuildTests
{
    private const string Source =
        """
        static class Program
        {
            [WorkflowMemoryTrigger]
            static int Divide(int number, int divisor)
            {
                var quotient = number / divisor;
                return quotient;
            }

            [WorkflowMemoryTrigger]
            static async Task<int> DivideLater(int number, int divisor)
            {
                await Task.Yield();
                return number / divisor;
            }

            public static int Run() => Divide(1, 0);
            public static Task<int> RunLater() => DivideLater(1, 0);
        }
        """;

    [Theory]
    [InlineData(BuildFlavor.DebugPortable)]
    [InlineData(BuildFlavor.DebugEmbedded)]
    public void Trace_OfAWovenMethod_ShowsTheUsersLineOnceAndNoWrapper(BuildFlavor flavor)
    {
        using var source = new WovenSource(Source, flavor);
        using var sink = new RecordingSink();

        var exception = Assert.Throws<DivideByZeroException>(() => source.Run("Run"));

        var ours = exception.StackTrace!.Split('\n').TakeWhile(static line => !line.Contains("System.Reflection", StringComparison.Ordinal) && !line.Contains("InvokeStub", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, ours.Count(static line => line.Contains("Program.", StringComparison.Ordinal)));
        Assert.Contains("Divide", ours[0], StringComparison.Ordinal);
        Assert.Contains("/src/Decorated.cs:line 7", ours[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Captured", exception.StackTrace, StringComparison.Ordinal);
        Assert.Contains("Decorated.cs:line 7", Assert.Single(sink.Entries).Value.GetProperty("exception")[0].GetProperty("stackTrace").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_OfAWovenAsyncMethod_ShowsItsNameAndLine()
    {
        using var source = new WovenSource(Source);
        using var sink = new RecordingSink();

        var exception = await Assert.ThrowsAsync<DivideByZeroException>(() => (Task<int>)source.Run("RunLater")!);

        Assert.Contains("Program.DivideLater(Int32 number, Int32 divisor) in /src/Decorated.cs:line 15", exception.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain("Captured", exception.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void Symbols_OfTheBody_KeepLinesAndLocalNames()
    {
        using var source = new WovenSource(Source);
        using var assembly = new PEReader(File.OpenRead(source.AssemblyFile));
        using var file = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(source.SymbolFile));
        var metadata = assembly.GetMetadataReader();
        var symbols = file.GetMetadataReader();

        var body = metadata.MethodDefinitions.Single(handle => metadata.GetString(metadata.GetMethodDefinition(handle).Name) == "<Divide>body");
        var lines = symbols.GetMethodDebugInformation(body).GetSequencePoints().Where(static point => !point.IsHidden).Select(static point => point.StartLine);
        var locals = symbols.GetLocalScopes(body).SelectMany(scope => symbols.GetLocalScope(scope).GetLocalVariables())
            .Select(variable => symbols.GetString(symbols.GetLocalVariable(variable).Name));

        Assert.Equal([6, 7, 8, 9], lines);
        Assert.Contains("quotient", locals);
    }

    [Fact]
    public void Symbols_IdOfTheAssembly_FitsThem()
    {
        using var source = new WovenSource(Source);
        using var assembly = new PEReader(File.OpenRead(source.AssemblyFile));
        using var file = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(source.SymbolFile));

        var entry = assembly.ReadDebugDirectory().Single(static entry => entry.Type == DebugDirectoryEntryType.CodeView);
        var view = assembly.ReadCodeViewDebugDirectoryData(entry);

        Assert.Equal("Decorated.pdb", Path.GetFileName(view.Path));
        Assert.Equal(view.Guid, new BlobContentId(file.GetMetadataReader().DebugMetadataHeader!.Id).Guid);
    }

    [Fact]
    public void AsyncStepping_PointsAtTheMethodTheUserWrote()
    {
        using var source = new WovenSource(Source);
        using var file = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(source.SymbolFile));
        using var assembly = new PEReader(File.OpenRead(source.AssemblyFile));
        var metadata = assembly.GetMetadataReader();
        var symbols = file.GetMetadataReader();

        var kickoffs = symbols.MethodDebugInformation
            .Select(handle => symbols.GetMethodDebugInformation(handle).GetStateMachineKickoffMethod())
            .Where(static kickoff => !kickoff.IsNil)
            .Select(kickoff => metadata.GetString(metadata.GetMethodDefinition(kickoff).Name));

        Assert.Equal(["DivideLater"], kickoffs);
    }

    [Theory]
    [InlineData(BuildFlavor.DebugPortable)]
    [InlineData(BuildFlavor.DebugEmbedded)]
    [InlineData(BuildFlavor.ReleaseWithoutSymbols)]
    public void Weave_Twice_ChangesNothing(BuildFlavor flavor)
    {
        using var source = new WovenSource(Source, flavor);
        var before = File.ReadAllBytes(source.AssemblyFile);

        var again = source.Weave();

        Assert.True(again.WasWoven);
        Assert.Equal(0, again.Methods);
        Assert.Equal(before, File.ReadAllBytes(source.AssemblyFile));
    }

    [Theory]
    [InlineData(BuildFlavor.DebugPortable)]
    [InlineData(BuildFlavor.ReleasePortable)]
    [InlineData(BuildFlavor.DebugEmbedded)]
    [InlineData(BuildFlavor.ReleaseWithoutSymbols)]
    public void Weave_SameInput_GivesTheSameBytes(BuildFlavor flavor)
    {
        using var source = new WovenSource(Source, flavor, weave: false);
        var assembly = File.ReadAllBytes(source.AssemblyFile);
        var symbols = File.Exists(source.SymbolFile) ? File.ReadAllBytes(source.SymbolFile) : null;

        Assert.Equal(2, source.Weave().Methods);
        var first = (File.ReadAllBytes(source.AssemblyFile), symbols is null ? [] : File.ReadAllBytes(source.SymbolFile));
        File.WriteAllBytes(source.AssemblyFile, assembly);
        if (symbols is not null) File.WriteAllBytes(source.SymbolFile, symbols);
        source.Weave();

        Assert.Equal(first.Item1, File.ReadAllBytes(source.AssemblyFile));
        Assert.Equal(first.Item2, symbols is null ? [] : File.ReadAllBytes(source.SymbolFile));
    }

    [Fact]
    public void Weave_WithoutTriggers_LeavesTheFileAlone()
    {
        using var source = new WovenSource("class Program { }", weave: false);
        var before = File.ReadAllBytes(source.AssemblyFile);

        var result = source.Weave();

        Assert.Equal((0, false), (result.Methods, result.WasWoven));
        Assert.Equal(before, File.ReadAllBytes(source.AssemblyFile));
    }

    [Fact]
    public void Weave_SymbolsOfAnotherBuild_IsReportedAndNothingChanged()
    {
        using var other = new WovenSource("class Program { }", weave: false);
        using var source = new WovenSource(Source, weave: false);
        File.Copy(other.SymbolFile, source.SymbolFile, overwrite: true);
        var before = File.ReadAllBytes(source.AssemblyFile);

        var result = source.Weave();

        Assert.Equal("MTW002", Assert.Single(result.Problems).Id);
        Assert.Equal(before, File.ReadAllBytes(source.AssemblyFile));
    }

    [Theory]
    [InlineData(BuildFlavor.DebugPortable, 1)]
    [InlineData(BuildFlavor.DebugEmbedded, 0)]
    public void Weave_SymbolsThatAreGone_WeavesAndWarns(BuildFlavor flavor, int warnings)
    {
        using var source = new WovenSource(Source, flavor, weave: false);
        File.Delete(source.SymbolFile);

        var result = source.Weave();

        Assert.Equal(2, result.Methods);
        Assert.Equal(Enumerable.Repeat("MTW007", warnings), result.Warnings.Select(static warning => warning.Id));
    }

    [Fact]
    public void Weave_SymbolsThatAreNone_NamesTheFile()
    {
        using var source = new WovenSource(Source, weave: false);
        File.WriteAllText(source.SymbolFile, "half a file");

        var problem = Assert.Single(source.Weave().Problems);

        Assert.Equal("MTW003", problem.Id);
        Assert.Contains(source.SymbolFile, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("static int Found(int number) => number;", 4)]
    [InlineData("static async Task<int> Found(int number)\n{\n    await Task.Yield();\n    return number;\n}", 5)]
    public void Problem_OfAMethodWithSymbols_HasItsLine(string method, int line)
    {
        using var source = new WovenSource(
            $$"""
            class Program {

            {{method}}
            }

            [MemoryTriggers.Capture.Wraps("Program::Found#0")]
            static class Lost { static void Enter() { } static void Body() { } }

            class Marked { [WorkflowMemoryTrigger] static void Other() { } }
            """,
            weave: false);

        var problem = Assert.Single(source.Weave().Problems);

        Assert.Equal(("/src/Decorated.cs", line), (problem.File, problem.Line));
    }

    [Fact]
    public void Weave_NotAnAssembly_IsReported()
    {
        using var source = new WovenSource(Source, weave: false);
        File.WriteAllText(source.AssemblyFile, "half a file");

        Assert.Equal("MTW003", Assert.Single(source.Weave().Problems).Id);
    }

    [Fact]
    public void Weave_WrapperWithoutItsMethod_IsReportedAndNothingChanged()
    {
        using var source = new WovenSource(
            """
            class Program { [WorkflowMemoryTrigger] static void Found() { } }

            [MemoryTriggers.Capture.Wraps("Program::Lost#0")]
            static class Lost { static void Enter() { } static void Body() { } }
            """,
            weave: false);
        var before = File.ReadAllBytes(source.AssemblyFile);

        var result = source.Weave();

        Assert.Equal("MTW001", Assert.Single(result.Problems).Id);
        Assert.Equal(before, File.ReadAllBytes(source.AssemblyFile));
    }

    [Fact]
    public void Weave_AssemblyThatCannotBeReplaced_LeavesTheSymbolsThatFitIt()
    {
        using var source = new WovenSource(Source, weave: false);
        var (assembly, symbols) = (File.ReadAllBytes(source.AssemblyFile), File.ReadAllBytes(source.SymbolFile));
        var inTheWay = Directory.CreateDirectory(source.AssemblyFile + ".new");

        Assert.ThrowsAny<Exception>(() => source.Weave());

        Assert.Equal(assembly, File.ReadAllBytes(source.AssemblyFile));
        Assert.Equal(symbols, File.ReadAllBytes(source.SymbolFile));
        inTheWay.Delete();
        Assert.Empty(source.Weave().Problems);
    }

    [Fact]
    public void Load_Unwoven_AnnouncesItselfAndRunsUncaptured()
    {
        using var source = new WovenSource("class Program { [WorkflowMemoryTrigger] public static int Run() => 3; }", weave: false);
        using var sink = new RecordingSink();

        Assert.Equal(3, source.Run("Run"));

        Assert.Contains(source.Assembly, TriggerHub.UnwovenAssemblies);
        Assert.Empty(sink.Records);
    }

    [Fact]
    public void HotReload_OfATypeWithWovenMethods_IsReportedOnceForEachType()
    {
        using var source = new WovenSource(
            """
            class Program { [WorkflowMemoryTrigger] static void Work() { } }
            class Later { [WorkflowMemoryTrigger] static async Task WorkAsync() => await Task.Yield(); }
            class Plain { static async Task WorkAsync() => await Task.Yield(); }
            """);
        using var sink = new RecordingSink();
        var later = source.Type("Later");
        var machine = later.GetNestedTypes(System.Reflection.BindingFlags.NonPublic).Single(static type => type.Name.StartsWith("<WorkAsync>", StringComparison.Ordinal));

        HotReload.UpdateApplication([source.Type("Program"), source.Type("Plain"), machine]);
        HotReload.UpdateApplication([source.Type("Program"), later]);
        HotReload.UpdateApplication(null);

        Assert.Equal([source.Type("Program"), later], sink.Reloaded.Where(type => type.Assembly == source.Assembly));
    }

    [Fact]
    public void HotReload_BeforeTheRuntimeStarts_IsReportedThen()
    {
        using var source = new WovenSource("class Program { [WorkflowMemoryTrigger] static void Work() { } }");

        HotReload.UpdateApplication([source.Type("Program")]);
        using var sink = new RecordingSink();

        Assert.Contains(source.Type("Program"), sink.Reloaded);
        Assert.Contains(source.Type("Program"), TriggerHub.ReloadedTypes);
    }

    [Fact]
    public void Load_Woven_DoesNotAnnounceItself()
    {
        using var source = new WovenSource("class Program { [WorkflowMemoryTrigger] public static int Run() => 3; }");

        source.Run("Run");

        Assert.DoesNotContain(source.Assembly, TriggerHub.UnwovenAssemblies);
    }

    [Fact]
    public void Woven_Assembly_NoLongerCarriesWraps()
    {
        using var source = new WovenSource(Source);

        Assert.DoesNotContain("WrapsAttribute", System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(source.AssemblyFile)), StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_EachHaveAHelpPage()
    {
        var ids = typeof(WeaverDiagnostics).GetMethods(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public)
            .Select(static method => ((WeaverProblem)method.Invoke(null, [.. method.GetParameters().Select(static _ => (object)"x")])!).Id).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(File.Exists(Path.Combine(RepositoryRoot.Path, "docs", "diagnostics", id + ".md")), id));
    }
}
