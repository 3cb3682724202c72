using MemoryTriggers.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

public sealed class ResultAnalyzerTests
{
    [Theory]
    [InlineData("void")]
    [InlineData("Task")]
    [InlineData("ValueTask")]
    public Task ResultOfNothing_AskedFor_IsReportedAtTheSetting(string returns) => AnalyzerTest.VerifyAsync(
        $"class C {{ [WorkflowMemoryTrigger({{|#0:CaptureResult = true|}})] {returns} M() => throw null!; }}",
        AnalyzerTest.Found(TriggerDiagnostics.ResultOfNothing, "'M' returns nothing, so CaptureResult = true has no effect"));

    [Theory]
    [InlineData("[WorkflowMemoryTrigger(CaptureResult = true)] int M() => 1;")]
    [InlineData("[WorkflowMemoryTrigger(CaptureResult = true)] Task<int> M() => throw null!;")]
    [InlineData("[WorkflowMemoryTrigger(CaptureResult = true)] ValueTask<int> M() => throw null!;")]
    [InlineData("[WorkflowMemoryTrigger(CaptureResult = false)] void M() { }")]
    [InlineData("[WorkflowMemoryTrigger] void M() { }")]
    [InlineData("class Task { } [WorkflowMemoryTrigger(CaptureResult = true)] Task M() => new();")]
    public Task ResultOfSomething_OrNotAskedFor_IsNotReported(string members) => AnalyzerTest.VerifyAsync($"class C {{ {members} }}");

    [Theory]
    [InlineData("s.SetResult(1); s.{|#0:SetResult|}(2);")]
    [InlineData("s.SetResult(1); s.AddTags(\"a\"); M(s); s.{|#0:SetResult|}(2);")]
    [InlineData("s.SetResult(1).AddTags(\"a\").{|#0:SetResult|}(2);")]
    [InlineData("if (s is not null) { s.SetResult(1); s.{|#0:SetResult|}(2); }")]
    [InlineData("s.SetResult(1); s.{|#0:SetResult<object>|}(2);")]
    public Task ResultSetTwice_InOneBlock_IsReportedAtTheSecond(string body) => AnalyzerTest.VerifyAsync(
        $"class C {{ void M(TriggerScope s) {{ {body} }} }}",
        AnalyzerTest.Found(TriggerDiagnostics.ResultSetTwice,
            "The result of 's' is already set in this block; only the last one is remembered"));

    [Theory]
    [InlineData("if (a) s.SetResult(1); else s.SetResult(2);")]
    [InlineData("s.SetResult(1); if (a) return; s.SetResult(2);")]
    [InlineData("s.SetResult(1); if (a) throw new Exception(); s.SetResult(2);")]
    [InlineData("s.SetResult(1); if (a) { s.SetResult(2); }")]
    [InlineData("s.SetResult(1); t.SetResult(2);")]
    [InlineData("s.SetResult(1); s = t; s.SetResult(2);")]
    [InlineData("s.SetResult(1); s.Complete();")]
    [InlineData("while (a) { s.SetResult(1); break; } s.SetResult(2);")]
    [InlineData("var o = new Other(); o.SetResult(1); o.SetResult(2);")]
    public Task ResultSetOnce_OnEachWay_IsNotReported(string body) => AnalyzerTest.VerifyAsync(
        $"class Other {{ public void SetResult(int x) {{ }} }} class C {{ void M(TriggerScope s, TriggerScope t, bool a) {{ {body} }} }}");
}
