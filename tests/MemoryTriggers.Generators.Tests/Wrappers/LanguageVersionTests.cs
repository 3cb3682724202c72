using MemoryTriggers.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MemoryTriggers.Generators.Wrappers;

/// <summary>The generated code compiles in every version of C# from 7.3 on; with an older one each trigger says so.</summary>
public sealed class LanguageVersionTests
{
    // Every kind of wrapper: values, references, tasks, sequences, generic types and methods, hidden types, structs, async void.
    private const string Shapes =
        """
        [assembly: MemoryTriggerOn(typeof(Math), "Abs", TriggerType.WorkflowCompletion, ParameterTypes = new[] { typeof(int) })]
        namespace Shop
        {
            public class Pusher<T> where T : class, new()
            {
                private class Secret { }

                private static int _number;

                [WorkflowMemoryTrigger(WorkflowType = "push", Tags = new[] { "a" }, Priority = TriggerPriority.High, CaptureArguments = true)]
                public int Push(string branch, ref int first, out int second, in int third, params object[] more) { second = 1; return Math.Abs(first); }

                [AgentMemoryTrigger("qa", Durability = MemoryDurability.Synced)] public ref int Reference() { return ref _number; }
                [AgentMemoryTrigger("qa")] public async Task<T> LaterAsync(T value) { await Task.Yield(); return value; }
                [AgentMemoryTrigger("qa")] public async Task LaterAsync() { await Task.Yield(); }
                [AgentMemoryTrigger("qa")] public async void Forget() { await Task.Yield(); }
                [AgentMemoryTrigger("qa")] public ValueTask<int> Value() { return new ValueTask<int>(1); }
                [AgentMemoryTrigger("qa")] public IEnumerable<int> Numbers() { yield return 1; }
                [AgentMemoryTrigger("qa")] public U Generic<U>(U value) where U : struct { return value; }
                [AgentMemoryTrigger("qa")] public (int, string) Tuple((int A, string B) pair) { return pair; }
                [AgentMemoryTrigger("qa", Content = "{token}")] private Secret Hidden(Secret secret, [Sensitive] string token) { return secret; }
                public int Length { [AgentMemoryTrigger("get")] get { return 1; } }
                [WorkflowMemoryTrigger, AgentMemoryTrigger("qa")] public static Pusher<T> operator +(Pusher<T> a, Pusher<T> b) { return a; }
            }

            public struct Point { [WorkflowMemoryTrigger] public int X() { return 1; } }
        }
        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp8)]
    [InlineData(LanguageVersion.CSharp9)]
    [InlineData(LanguageVersion.Latest)]
    public void Generate_InEachVersion_Compiles(LanguageVersion version)
    {
        var (generated, problems) = Generate(Shapes, version);

        Assert.Empty(problems);
        Assert.Equal(15, generated.Count(static tree => !tree.FilePath.EndsWith("WeavingMark.g.cs", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp5)]
    [InlineData(LanguageVersion.CSharp7_2)]
    public async Task Trigger_InAnOlderVersion_IsReportedAndGeneratesNothing(LanguageVersion version)
    {
        const string source =
            """
            [assembly: MemoryTriggerOn(typeof(Math), "Abs", TriggerType.WorkflowCompletion)]
            [AgentMemoryTrigger("a")] public class C { [WorkflowMemoryTrigger] public void M() { Math.Abs(1); } }
            """;
        var compilation = Compilations.Compile(version, source);

        var found = await AnalyzeAsync(compilation);

        Assert.Empty(Generate(source, version).Generated);
        Assert.Equal([1, 2, 2], found.Select(static diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line).Order());
        Assert.All(found, diagnostic => Assert.Equal(("MTG015", DiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity)));
        var message = $"the wrapper needs C# 7.3, and the project is compiled as C# {version.ToDisplayString()};";
        Assert.All(found, diagnostic => Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Trigger_InTheOldestVersion_IsNotReported()
    {
        var compilation = Compilations.Compile(LanguageVersion.CSharp7_3, "public class C { [WorkflowMemoryTrigger] public void M() { } }");

        Assert.Empty(await AnalyzeAsync(compilation));
    }

    [Fact]
    public async Task Trigger_InAnOlderVersionBetweenPragmas_IsNotReported()
    {
        var compilation = Compilations.Compile(
            LanguageVersion.CSharp7_2, "#pragma warning disable MTG015\npublic class C { [WorkflowMemoryTrigger] public void M() { } }");

        Assert.Empty(await AnalyzeAsync(compilation));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp8, false)]
    [InlineData(LanguageVersion.CSharp9, true)]
    public void Mark_AnnouncesItself_WhereTheLanguageCan(LanguageVersion version, bool expected)
    {
        var mark = Generate("public class C { [WorkflowMemoryTrigger] public void M() { } }", version).Generated
            .Single(static tree => tree.FilePath.EndsWith("WeavingMark.g.cs", StringComparison.Ordinal)).ToString();

        Assert.Equal(expected, mark.Contains("[global::System.Runtime.CompilerServices.ModuleInitializer]", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(CSharpCompilation compilation) =>
        await compilation.WithAnalyzers([new LanguageVersionAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

    private static (IReadOnlyList<SyntaxTree> Generated, IReadOnlyList<string> Problems) Generate(string source, LanguageVersion version)
    {
        var compilation = Compilations.Compile(version, source);
        CSharpGeneratorDriver.Create([new TriggerGenerator().AsSourceGenerator()], parseOptions: new CSharpParseOptions(version))
            .RunGeneratorsAndUpdateCompilation(compilation, out var all, out _, TestContext.Current.CancellationToken);
        return ([.. all.SyntaxTrees.Except(compilation.SyntaxTrees)],
            [.. all.GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(static found => found.Severity >= DiagnosticSeverity.Warning)
                .Select(static found => found.ToString())]);
    }
}
