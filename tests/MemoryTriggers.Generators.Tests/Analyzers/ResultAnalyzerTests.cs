namespace MemoryTriggers.Generators.Analyzers;

public sealed class ResultAnalyzerTests
{
    [Theory]
    [InlineData("void")]
    [InlineData("Task")]
    [InlineData("ValueTask")]
    public async Task ResultOfNothing_AskedFor_IsReportedAtTheSetting(string returns)
    {
        var found = await AnalyzerHarness.VerifyAsync($"class C {{ [WorkflowMemoryTrigger(⟦MTG009:CaptureResult = true⟧)] {returns} M() => throw null!; }}");

        Assert.Equal("'M' returns nothing, so CaptureResult = true has no effect", Assert.Single(found).GetMessage(null));
    }

    [Theory]
    [InlineData("[WorkflowMemoryTrigger(CaptureResult = true)] int M() => 1;")]
    [InlineData("[WorkflowMemoryTrigger(CaptureResult = true)] Task<int> M() => throw null!;")]
    [InlineData("[WorkflowMemoryTrigger(CaptureResult = true)] ValueTask<int> M() => throw null!;")]
    [InlineData("[WorkflowMemoryTrigger(CaptureResult = false)] void M() { }")]
    [InlineData("[WorkflowMemoryTrigger] void M() { }")]
    [InlineData("class Task { } [WorkflowMemoryTrigger(CaptureResult = true)] Task M() => new();")]
    public async Task ResultOfSomething_OrNotAskedFor_IsNotReported(string members) => await AnalyzerHarness.VerifyAsync($"class C {{ {members} }}");

    [Theory]
    [InlineData("s.SetResult(1); s.⟦MTG010:SetResult⟧(2);")]
    [InlineData("s.SetResult(1); s.AddTags(\"a\"); M(s); s.⟦MTG010:SetResult⟧(2);")]
    [InlineData("s.SetResult(1).AddTags(\"a\").⟦MTG010:SetResult⟧(2);")]
    [InlineData("if (s is not null) { s.SetResult(1); s.⟦MTG010:SetResult⟧(2); }")]
    [InlineData("s.SetResult(1); s.⟦MTG010:SetResult<object>⟧(2);")]
    public async Task ResultSetTwice_InOneBlock_IsReportedAtTheSecond(string body)
    {
        var found = await AnalyzerHarness.VerifyAsync($"class C {{ void M(TriggerScope s) {{ {body} }} }}");

        Assert.Equal("The result of 's' is already set in this block; only the last one is remembered", Assert.Single(found).GetMessage(null));
    }

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
    public async Task ResultSetOnce_OnEachWay_IsNotReported(string body) => await AnalyzerHarness.VerifyAsync(
        $"class Other {{ public void SetResult(int x) {{ }} }} class C {{ void M(TriggerScope s, TriggerScope t, bool a) {{ {body} }} }}");
}
