using MemoryTriggers.CodeFixes;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Generators.Analyzers;

public sealed class AnalyzerTests
{
    [Theory]
    [InlineData("class C { [⟦MTG001:WorkflowMemoryTrigger⟧] public C() { } }", "constructors")]
    [InlineData("abstract class C { [⟦MTG001:WorkflowMemoryTrigger⟧] public abstract void M(); }", "abstract")]
    [InlineData("interface I { [⟦MTG001:WorkflowMemoryTrigger⟧] void M(); }", "decorate the implementation")]
    [InlineData("class C { [⟦MTG001:WorkflowMemoryTrigger⟧] [System.Runtime.InteropServices.DllImport(\"c\")] static extern void M(); }", "extern")]
    [InlineData("class C { void M() { [⟦MTG001:WorkflowMemoryTrigger⟧] void L() { } L(); } }", "local function")]
    [InlineData("class C { Action M() => [⟦MTG001:WorkflowMemoryTrigger⟧] () => { }; }", "lambda")]
    [InlineData("partial class C { [⟦MTG001:WorkflowMemoryTrigger⟧] partial void M(); }", "no implementation")]
    public async Task UnsupportedTarget_IsReportedAtTheAttribute(string source, string reason) =>
        Assert.Contains(reason, Assert.Single(await AnalyzerHarness.VerifyAsync(source)).GetMessage(null), StringComparison.Ordinal);

    [Theory]
    [InlineData("class C { [WorkflowMemoryTrigger] void M() { } int P { [WorkflowMemoryTrigger] get => 1; } }")]
    [InlineData("interface I { [WorkflowMemoryTrigger] void M() { } }")]
    [InlineData("partial class C { [WorkflowMemoryTrigger] partial void M(); partial void M() { } }")]
    [InlineData("class C { void M() { void L() { } L(); } }")]
    public async Task SupportedTarget_IsNotReported(string source) => await AnalyzerHarness.VerifyAsync(source);

    [Theory]
    [InlineData("string branch", "int", "Pushed {branch}: {result} in {duration} by {operation} for {project} {error} {{x}}")]
    [InlineData("string branch", "Task<List<int>>", "{branch.Length} {result.Count}")]
    [InlineData("(int A, string B) pair", "ValueTask<string>", "{pair.B} {result.Length}")]
    [InlineData("IReadOnlyList<int> items", "int", "{items.Count}")]
    [InlineData("(int A, int B)? pair, dynamic any", "int", "{pair.A} {any.Thing}")]
    public async Task ContentTemplate_OfKnownNames_IsNotReported(string parameter, string returns, string template) =>
        await AnalyzerHarness.VerifyAsync($"class C {{ [WorkflowMemoryTrigger(Content = \"{template}\")] {returns} M({parameter}) => throw null!; }}");

    [Theory]
    [InlineData("string branch", "int", "{brunch}", "which is no parameter")]
    [InlineData("string branch", "int", "{branch.Size}", "'Size'")]
    [InlineData("string branch", "Task", "{result}", "the method has none")]
    [InlineData("string branch", "Task<int>", "{result.Count}", "'Count'")]
    [InlineData("string branch", "int", "{branch", "without its partner at position 0")]
    [InlineData("string branch", "int", "branch}", "without its partner at position 6")]
    [InlineData("string branch", "int", "{operation.Length}", "it is text")]
    public async Task ContentTemplate_OfUnknownNames_IsReportedAtTheTemplate(string parameter, string returns, string template, string message)
    {
        var found = await AnalyzerHarness.VerifyAsync($"class C {{ [WorkflowMemoryTrigger(Content = ⟦MTG002:\"{template}\"⟧)] {returns} M({parameter}) => throw null!; }}");

        Assert.Contains(message, Assert.Single(found).GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class C { [WorkflowMemoryTrigger(CaptureArguments = true)] void M(char[] ⟦MTG003:password⟧) { } }")]
    [InlineData("class Key { } class C { [WorkflowMemoryTrigger(CaptureArguments = true)] void M(Key ⟦MTG003:apiKey⟧, string token, int tokens, CancellationToken cancellationToken) { } }")]
    [InlineData("class C { [WorkflowMemoryTrigger(CaptureArguments = true)] void M([Sensitive] char[] password) { } }")]
    [InlineData("class C { [WorkflowMemoryTrigger] void M(char[] password) { } }")]
    [InlineData("class C { void M(char[] password) { } }")]
    public async Task UnmarkedSecret_IsReportedWhenItWouldBeWritten(string source) => await AnalyzerHarness.VerifyAsync("using System.Threading; " + source);

    [Theory]
    [InlineData("class C { [⟦MTG004:AgentMemoryTrigger(\"\")⟧] void M() { } }")]
    [InlineData("class C { [⟦MTG004:IssueMemoryTrigger(\" \")⟧] void M() { } }")]
    [InlineData("class C { [IssueMemoryTrigger(\"I-1\")] void M() { } [WorkflowMemoryTrigger] void N() { } }")]
    public async Task EmptySubject_IsReported(string source) => await AnalyzerHarness.VerifyAsync(source);

    [Theory]
    [InlineData("class C { [AgentMemoryTrigger(\"a\"), ⟦MTG005:AgentMemoryTrigger(\"a\")⟧] void M() { } }")]
    [InlineData("class C { [AgentMemoryTrigger(\"a\", CaptureOnError = false), AgentMemoryTrigger(\"a\", CaptureOnSuccess = false)] void M() { } }")]
    [InlineData("class C { [AgentMemoryTrigger(\"a\"), AgentMemoryTrigger(\"b\"), IssueMemoryTrigger(\"a\")] void M() { } }")]
    public async Task DuplicateTrigger_IsReportedAtTheSecond(string source) => await AnalyzerHarness.VerifyAsync(source);

    [Theory]
    [InlineData("⟦MTG006:TriggerScope.Workflow(\"x\")⟧;")]
    [InlineData("⟦MTG006:TriggerScope.Workflow(\"x\")⟧.AddTags(\"a\");")]
    [InlineData("var s = ⟦MTG006:TriggerScope.Workflow(\"x\")⟧; s.AddTags(\"a\");")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); s.Dispose();")]
    [InlineData("TriggerScope.Workflow(\"x\").AddTags(\"a\").Dispose();")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); s.AddTags(\"a\").Dispose();")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); s?.Dispose();")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); ((IDisposable)s).Dispose();")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); Func<TriggerScope> f = () => s; TriggerScope[] a = [s];")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\").AddTags(\"a\");")]
    [InlineData("using (TriggerScope.Workflow(\"x\")) { }")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); Keep(s); static void Keep(TriggerScope scope) { }")]
    [InlineData("_ = ⟦MTG006:TriggerScope.Workflow(\"x\")⟧;")]
    [InlineData("_ = ⟦MTG006:TriggerScope.Workflow(\"x\")⟧.AddTags(\"a\");")]
    [InlineData("Action a = () => ⟦MTG006:TriggerScope.Workflow(\"x\")⟧;")]
    [InlineData("TriggerScope s; s = ⟦MTG006:TriggerScope.Workflow(\"x\")⟧; s.Complete();")]
    [InlineData("TriggerScope s; s = TriggerScope.Workflow(\"x\"); s.Dispose();")]
    [InlineData("TriggerScope? s = null; try { s = TriggerScope.Workflow(\"x\"); } finally { s?.Dispose(); }")]
    [InlineData("Func<TriggerScope> f = () => TriggerScope.Workflow(\"x\");")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); Action a = () => s.Dispose();")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); using (s) { }")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); var t = s;")]
    public async Task Scope_NeverDisposed_IsReported(string body) => await AnalyzerHarness.VerifyAsync($"class C {{ void M() {{ {body} }} }}");

    [Fact]
    public async Task Scope_Returned_IsNotReported() =>
        await AnalyzerHarness.VerifyAsync("class C { TriggerScope A() => TriggerScope.Workflow(\"x\"); TriggerScope B() { var s = TriggerScope.Agent(\"x\"); return s; } }");

    [Theory]
    [InlineData("async Task M() { ⟦MTG007:using⟧ var s = TriggerScope.Workflow(\"x\"); await Task.Yield(); }")]
    [InlineData("async Task M() { ⟦MTG007:using⟧ (TriggerScope.Workflow(\"x\")) await Task.Yield(); }")]
    [InlineData("void M() { Func<Task> f = async () => { ⟦MTG007:using⟧ var s = TriggerScope.Workflow(\"x\"); await Task.Yield(); }; }")]
    [InlineData("async Task M() { await using var s = TriggerScope.Workflow(\"x\"); await Task.Yield(); }")]
    [InlineData("void M() { using var s = TriggerScope.Workflow(\"x\"); }")]
    [InlineData("async Task M() { Action a = () => { using var s = TriggerScope.Workflow(\"x\"); }; a(); await Task.Yield(); }")]
    [InlineData("async Task M() { void L() { using var s = TriggerScope.Workflow(\"x\"); } L(); await Task.Yield(); }")]
    [InlineData("async Task M(TriggerScope given) { ⟦MTG007:using⟧ (given) await Task.Yield(); }")]
    [InlineData("async Task M() { ⟦MTG007:using⟧ var s = Open(); await Task.Yield(); static TriggerScope Open() => TriggerScope.Workflow(\"x\"); }")]
    [InlineData("async Task M() { await Task.Yield(); static void L() { using var s = TriggerScope.Workflow(\"x\"); try { L(); } ⟦MTG008:catch⟧ { } } L(); }")]
    [InlineData("void M() { async Task L() { ⟦MTG007:using⟧ var s = TriggerScope.Workflow(\"x\"); await Task.Yield(); } L(); }")]
    [InlineData("async Task M() { using var s = new System.IO.MemoryStream(); await Task.Yield(); }")]
    [InlineData("async Task M() { lock (this) { using var s = TriggerScope.Workflow(\"x\"); } await Task.Yield(); }")]
    public async Task Using_InAsyncCode_IsReported(string member) => await AnalyzerHarness.VerifyAsync($"class C {{ {member} }}");

    [Theory]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { M(); } ⟦MTG008:catch⟧ { }")]
    [InlineData("using (var s = TriggerScope.Workflow(\"x\")) { try { M(); } ⟦MTG008:catch⟧ (Exception) { M(); } }")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { M(); } catch { s.Complete(); }")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { M(); } catch { throw; }")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); Action a = () => { try { M(); } catch { } };")]
    [InlineData("using (TriggerScope.Workflow(\"x\")) { try { M(); } catch { TriggerScope.Current?.Complete(); } }")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { M(); s.SetResult(1); } catch (Exception e) { s.Fail(e); }")]
    [InlineData("using (var s = TriggerScope.Workflow(\"x\")) { if (s != null) { try { M(); } ⟦MTG008:catch⟧ when (s == null) { } } }")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { M(); } catch { Handle(s); } static void Handle(IDisposable scope) { }")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { M(); } ⟦MTG008:catch⟧ { Action a = () => throw new Exception(); }")]
    [InlineData("switch (1) { case 1: using (TriggerScope.Workflow(\"x\")) { try { M(); } ⟦MTG008:catch⟧ { } } break; }")]
    public async Task CatchInPlainScope_WithoutDecision_IsReported(string body) => await AnalyzerHarness.VerifyAsync($"class C {{ void M() {{ {body} }} }}");

    [Fact]
    public Task AddSensitive_Applied_MarksTheParameter() => AnalyzerHarness.VerifyFixAsync(
        new AddSensitiveCodeFixProvider(),
        "class C { [WorkflowMemoryTrigger(CaptureArguments = true)] void M(int a, char[] ⟦MTG003:password⟧) { } }",
        "class C { [WorkflowMemoryTrigger(CaptureArguments = true)] void M(int a, [Sensitive] char[] password) { } }");

    [Theory]
    [InlineData(
        "class C { async Task M() { ⟦MTG007:using⟧ var s = TriggerScope.Workflow(\"x\"); await Task.Yield(); } }",
        "class C { async Task M() { await using var s = TriggerScope.Workflow(\"x\"); await Task.Yield(); } }")]
    [InlineData(
        "class C { async Task M() { ⟦MTG007:using⟧ (TriggerScope.Workflow(\"x\")) { await Task.Yield(); } } }",
        "class C { async Task M() { await using (TriggerScope.Workflow(\"x\")) { await Task.Yield(); } } }")]
    public Task AwaitUsing_Applied_AwaitsTheDisposal(string marked, string expected) =>
        AnalyzerHarness.VerifyFixAsync(new AwaitUsingCodeFixProvider(), marked, expected);

    [Fact]
    public void EveryId_HasDescriptorHelpPageAndReleaseNote()
    {
        // The class of ids is compiled into the code fixes, too, so its name alone would be ambiguous.
        var ids = typeof(TriggerDiagnostics).Assembly.GetType("MemoryTriggers.Diagnostics.DiagnosticIds")!.GetFields().Select(static field => (string)field.GetRawConstantValue()!).ToList();
        var notes = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "MemoryTriggers.Generators", "AnalyzerReleases.Unshipped.md"));

        Assert.Equal(ids, TriggerDiagnostics.All.Select(static descriptor => descriptor.Id));
        Assert.All(ids, id => Assert.True(File.Exists(Path.Combine(RepositoryRoot.Path, "docs", "diagnostics", id + ".md")), id));
        Assert.All(ids, id => Assert.Contains($"\n{id} |", notes, StringComparison.Ordinal));
        Assert.All(TriggerDiagnostics.All, static descriptor => Assert.EndsWith($"/docs/diagnostics/{descriptor.Id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("⟦MTG006:TriggerScope.Workflow(\"x\")⟧; class C { }")]
    [InlineData("⟦MTG007:using⟧ var s = TriggerScope.Workflow(\"x\"); await Task.Yield();")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { Console.WriteLine(); } ⟦MTG008:catch⟧ { }")]
    [InlineData("await using var s = TriggerScope.Workflow(\"x\"); try { await Task.Yield(); } catch { }")]
    public async Task Scope_InTopLevelStatements_IsCheckedAsElsewhere(string source) => await AnalyzerHarness.VerifyAsync(source, isProgram: true);

    [Fact]
    public async Task Scope_OfAMemberWithAnExpressionBody_IsReported() =>
        await AnalyzerHarness.VerifyAsync("class C { void M() => ⟦MTG006:TriggerScope.Workflow(\"x\")⟧; TriggerScope N() => TriggerScope.Workflow(\"x\"); readonly TriggerScope _s = TriggerScope.Workflow(\"x\"); }");
}
