using MemoryTriggers.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

public sealed class BlockingFlushAnalyzerTests
{
    [Theory]
    [InlineData("{|#0:memory.FlushAsync().Wait()|};", "Wait")]
    [InlineData("{|#0:memory.FlushAsync(TimeSpan.Zero).Wait(5)|};", "Wait")]
    [InlineData("if ({|#0:memory.FlushAsync().Result|}) { }", "Result")]
    [InlineData("{|#0:memory.FlushAsync().GetAwaiter().GetResult()|};", "GetResult")]
    [InlineData("{|#0:memory.FlushAsync().ConfigureAwait(false).GetAwaiter().GetResult()|};", "GetResult")]
    [InlineData("{|#0:(memory.FlushAsync()).Wait()|};", "Wait")]
    public Task Flush_Blocking_IsReported(string body, string member) => AnalyzerTest.VerifyAsync(
        $"class C {{ void M(MemoryTriggerService memory) {{ {body} }} }}",
        AnalyzerTest.Found(TriggerDiagnostics.BlockingFlush,
            $"'{member}' blocks the thread until everything is stored; await FlushAsync instead"));

    [Theory]
    [InlineData("await memory.FlushAsync();")]
    [InlineData("await memory.FlushAsync().ConfigureAwait(false);")]
    [InlineData("var flush = memory.FlushAsync(); await flush;")]
    [InlineData("memory.StopAsync().Wait();")]
    [InlineData("new System.IO.MemoryStream().FlushAsync().Wait();")]
    public Task Flush_Awaited_IsNotReported(string body) =>
        AnalyzerTest.VerifyAsync($"class C {{ async Task M(MemoryTriggerService memory) {{ {body} await Task.Yield(); }} }}");
}
