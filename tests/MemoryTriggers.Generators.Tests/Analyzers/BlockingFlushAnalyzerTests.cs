namespace MemoryTriggers.Generators.Analyzers;

public sealed class BlockingFlushAnalyzerTests
{
    [Theory]
    [InlineData("⟦MTG011:memory.FlushAsync().Wait()⟧;", "Wait")]
    [InlineData("⟦MTG011:memory.FlushAsync(TimeSpan.Zero).Wait(5)⟧;", "Wait")]
    [InlineData("if (⟦MTG011:memory.FlushAsync().Result⟧) { }", "Result")]
    [InlineData("⟦MTG011:memory.FlushAsync().GetAwaiter().GetResult()⟧;", "GetResult")]
    [InlineData("⟦MTG011:memory.FlushAsync().ConfigureAwait(false).GetAwaiter().GetResult()⟧;", "GetResult")]
    [InlineData("⟦MTG011:(memory.FlushAsync()).Wait()⟧;", "Wait")]
    public async Task Flush_Blocking_IsReported(string body, string member)
    {
        var found = await AnalyzerHarness.VerifyAsync($"class C {{ void M(MemoryTriggerService memory) {{ {body} }} }}");

        Assert.Equal($"'{member}' blocks the thread until everything is stored; await FlushAsync instead", Assert.Single(found).GetMessage(null));
    }

    [Theory]
    [InlineData("await memory.FlushAsync();")]
    [InlineData("await memory.FlushAsync().ConfigureAwait(false);")]
    [InlineData("var flush = memory.FlushAsync(); await flush;")]
    [InlineData("memory.StopAsync().Wait();")]
    [InlineData("new System.IO.MemoryStream().FlushAsync().Wait();")]
    public async Task Flush_Awaited_IsNotReported(string body) =>
        await AnalyzerHarness.VerifyAsync($"class C {{ async Task M(MemoryTriggerService memory) {{ {body} await Task.Yield(); }} }}");
}
