using MemoryTriggers.TestKit;

namespace MemoryTriggers.EndToEnd;

/// <summary>A process is ended by an exception that nobody catches; its last words are in the journal.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task Crash_ByAnExceptionThatNobodyCatches_IsRecalledAfterwards()
    {
        var exitCode = await EndAsync("crashed", limits: "ulimit -c 0; exec 2>/dev/null");

        await using var memory = await RecallAsync();

        var crash = Assert.Single(await memory.Recall.ListAsync(new() { AllTags = ["crash"] }, Token));
        Assert.NotEqual(0, exitCode);
        Assert.Equal("Error in unhandled_exception: InvalidOperationException: An uncaught exception: the end", crash.Content);
        Assert.Equal((TriggerPriority.Critical, "victim", "the last"), (crash.Priority, crash.Project, crash.Provenance.SessionId));
        Assert.Contains("InvalidOperationException", crash.Value.GetProperty("exception")[0].GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.True(crash.Value.GetProperty("metadata").GetProperty("is_terminating").GetBoolean());
        Assert.Single(await memory.Recall.ListAsync(new() { EntityId = "host" }, Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task Crash_OfAProgramWithoutAHost_IsRecalledAfterwards()
    {
        var exitCode = await EndAsync("watched", limits: "ulimit -c 0; exec 2>/dev/null");

        await using var memory = await RecallAsync();

        var crash = Assert.Single(await memory.Recall.ListAsync(new() { AllTags = ["crash"] }, Token));
        Assert.NotEqual(0, exitCode);
        Assert.Equal("Error in unhandled_exception: InvalidOperationException: An uncaught exception: the end", crash.Content);
    }

    [Fact(Timeout = 120_000)]
    public async Task End_OfAProgramThatStoppedNothing_IsRecalledAfterwards()
    {
        var exitCode = await EndAsync("exited");

        await using var memory = await RecallAsync();

        var end = Assert.Single(await memory.Recall.ListAsync(new() { EntityId = "process" }, Token));
        Assert.Equal((3, "process end", TriggerOutcome.Failure), (exitCode, end.Key, end.Outcome));
        Assert.Equal(3, end.Value.GetProperty("metadata").GetProperty("exit_code").GetInt32());
    }

    /// <summary>Runs a program of that kind until it is gone.</summary>
    private async Task<int> EndAsync(string kind, string limits = "")
    {
        using var process = VictimProcess.Start(_directory.Path, calls: 0, kind, limits);
        await process.WaitForExitAsync(Token);
        return process.ExitCode;
    }

    /// <summary>What it left, all of it stored.</summary>
    private async Task<MemoryTriggerService> RecallAsync()
    {
        var memory = await VictimProcess.RecallAsync(_directory.Path, Token);
        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        return memory;
    }
}
