using System.Text.RegularExpressions;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>What every rule has: a place where it reports, one where it stays silent, a way to suppress it, and its documents.</summary>
public sealed class RuleTests
{
    private const DiagnosticSeverity Error = DiagnosticSeverity.Error;
    private const DiagnosticSeverity Warning = DiagnosticSeverity.Warning;
    private const DiagnosticSeverity Info = DiagnosticSeverity.Info;

    public static TheoryData<string, DiagnosticSeverity, string, string> Rules => new()
    {
        {
            "MTG001", Error,
            "abstract class C { [{|#0:WorkflowMemoryTrigger|}] public abstract void M(); }",
            "class C { [WorkflowMemoryTrigger] public void M() { } }"
        },
        {
            "MTG002", Warning,
            "class C { [WorkflowMemoryTrigger(Content = {|#0:\"{b}\"|})] void M(int a) { } }",
            "class C { [WorkflowMemoryTrigger(Content = \"{a}\")] void M(int a) { } }"
        },
        {
            "MTG003", Warning,
            "class C { [WorkflowMemoryTrigger(CaptureArguments = true)] void M(char[] {|#0:password|}) { } }",
            "class C { [WorkflowMemoryTrigger] void M(char[] password) { } }"
        },
        {
            "MTG004", Warning,
            "class C { [{|#0:AgentMemoryTrigger(\"\")|}] void M() { } }",
            "class C { [AgentMemoryTrigger(\"a\")] void M() { } }"
        },
        {
            "MTG005", Warning,
            "class C { [AgentMemoryTrigger(\"a\"), {|#0:AgentMemoryTrigger(\"a\")|}] void M() { } }",
            "class C { [AgentMemoryTrigger(\"a\"), AgentMemoryTrigger(\"b\")] void M() { } }"
        },
        {
            "MTG006", Warning,
            "class C { void M() { {|#0:TriggerScope.Workflow(\"x\")|}; } }",
            "class C { void M() { using (TriggerScope.Workflow(\"x\")) { } } }"
        },
        {
            "MTG007", Warning,
            "class C { async Task M() { {|#0:using|} (TriggerScope.Workflow(\"x\")) await Task.Yield(); } }",
            "class C { async Task M() { await using (TriggerScope.Workflow(\"x\")) await Task.Yield(); } }"
        },
        {
            "MTG008", Warning,
            "class C { void M() { using (TriggerScope.Workflow(\"x\")) { try { M(); } {|#0:catch|} { } } } }",
            "class C { void M() { using (TriggerScope.Workflow(\"x\")) { try { M(); } catch { throw; } } } }"
        },
        {
            "MTG009", Info,
            "class C { [WorkflowMemoryTrigger({|#0:CaptureResult = true|})] void M() { } }",
            "class C { [WorkflowMemoryTrigger(CaptureResult = true)] int M() => 1; }"
        },
        {
            "MTG010", Warning,
            "class C { void M(TriggerScope s) { s.SetResult(1); s.{|#0:SetResult|}(2); } }",
            "class C { void M(TriggerScope s) { s.SetResult(1); } }"
        },
        {
            "MTG011", Warning,
            "class C { void M(MemoryTriggerService m) { {|#0:m.FlushAsync().Wait()|}; } }",
            "class C { async Task M(MemoryTriggerService m) { await m.FlushAsync(); } }"
        },
        {
            "MTG012", Warning,
            "class C { [WorkflowMemoryTrigger(Tags = [{|#0:\"a,b\"|}])] void M() { } }",
            "class C { [WorkflowMemoryTrigger(Tags = [\"a\", \"b\"])] void M() { } }"
        },
        {
            "MTG013", Warning,
            "[{|#0:WorkflowMemoryTrigger|}] class C { void M() { } }",
            "[WorkflowMemoryTrigger] class C { public void M() { } }"
        },
        {
            "MTG014", Error,
            "[assembly: {|#0:MemoryTriggerOn(typeof(Math), \"Sbs\", TriggerType.WorkflowCompletion)|}]",
            "[assembly: MemoryTriggerOn(typeof(Math), \"Abs\", TriggerType.WorkflowCompletion)]"
        },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Rule_ReportsAtItsPlace_ButNotBetweenPragmas(string id, DiagnosticSeverity severity, string marked, string silent)
    {
        var suppressed = Regex.Replace(marked, @"\{\|#0:(.*?)\|\}", $"\n#pragma warning disable {id}\n$1\n#pragma warning restore {id}\n");

        await AnalyzerTest.VerifyAsync(marked, new DiagnosticResult(id, severity).WithLocation(0));
        await AnalyzerTest.VerifyAsync(silent);
        await AnalyzerTest.VerifyAsync(suppressed);
    }

    [Fact]
    public void EveryId_HasDescriptorExampleHelpPageAndReleaseNote()
    {
        // The class of ids is compiled into the code fixes, too, so its name alone would be ambiguous.
        var ids = typeof(TriggerDiagnostics).Assembly.GetType("MemoryTriggers.Diagnostics.DiagnosticIds")!.GetFields()
            .Select(static field => (string)field.GetRawConstantValue()!).ToList();
        var notes = File.ReadAllText(
            Path.Combine(RepositoryRoot.Path, "src", "MemoryTriggers.Generators", "AnalyzerReleases.Unshipped.md"));

        Assert.Equal(ids, TriggerDiagnostics.All.Select(static descriptor => descriptor.Id));
        // The example of MTG015 is a version of the language: LanguageVersionTests.
        Assert.Equal(ids.Where(static id => id != "MTG015"), Rules.Select(static rule => rule.Data.Item1));
        Assert.All(ids, id => Assert.True(File.Exists(Path.Combine(RepositoryRoot.Path, "docs", "diagnostics", id + ".md")), id));
        Assert.All(ids, id => Assert.Contains($"\n{id} |", notes, StringComparison.Ordinal));
        Assert.All(
            TriggerDiagnostics.All,
            static descriptor => Assert.EndsWith(
                $"/docs/diagnostics/{descriptor.Id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal));
    }
}
