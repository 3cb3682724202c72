using MemoryTriggers.AspNetCore.Tests.Samples;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Samples;

/// <summary>The sample, as somebody runs it.</summary>
public sealed class StockSampleTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Stock_AfterSomeCommands_ShowsWhatWasDone()
    {
        var taken = await RunAsync("take", "tea", "3", "--password", "hunter2");
        var refused = await RunAsync("take", "tea", "9");
        var failed = await RunAsync("take", "gold", "1");
        var history = await RunAsync("history");

        Assert.Equal([0, 3, 1, 0], [taken.ExitCode, refused.ExitCode, failed.ExitCode, history.ExitCode]);
        Assert.Contains("Command Stock take succeeded", history.Output, StringComparison.Ordinal);
        Assert.Contains("Command Stock take ended with exit code 3", history.Output, StringComparison.Ordinal);
        Assert.Contains("Command Stock take failed: ArgumentException: there is no gold", history.Output, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => SampleProcess.RunAsync("Stock", [.. arguments, "--data", _directory.Path]);
}
