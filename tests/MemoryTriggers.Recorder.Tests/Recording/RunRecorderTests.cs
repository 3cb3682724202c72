using MemoryTriggers.Reports;
using MemoryTriggers.Secrets;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Recording;

public sealed class RunRecorderTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private MemoryTriggerService _memory = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _memory = await MemoryTriggerService.StartAsync(
        options => (options.DataDirectory, options.Project) = (_directory.Path, "shop"), cancellationToken: Token);

    public async ValueTask DisposeAsync()
    {
        await _memory.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Record_OfAFailure_RemembersItWithItsErrorAndTheRun()
    {
        await RecordAsync(Run(Failure("Shop.Orders.Total", "out of order 17")));

        var failure = Assert.Single(await TaggedAsync("test-failure"));
        Assert.Equal("Shop.Orders.Total", failure.Key);
        Assert.Equal(TriggerOutcome.Failure, failure.Outcome);
        Assert.Contains("out of order 17", failure.Content, StringComparison.Ordinal);
        Assert.Contains(failure.Tags, static tag => tag.StartsWith("error:", StringComparison.Ordinal));
        var run = Assert.Single(await TaggedAsync("test-run"));
        Assert.Equal(TriggerOutcome.Failure, run.Outcome);
        Assert.Contains("3 passed", run.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_OfTheSameErrorAgain_TellsWhatIsKnown()
    {
        Assert.Empty(await RecordAsync(Run(Failure("Shop.Orders.Total", "out of order 17"))));

        var told = await RecordAsync(Run(Failure("Shop.Orders.Total", "out of order 18")));

        Assert.StartsWith("Shop.Orders.Total: seen 1 time, last ", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_OfASuccessAfterAFailure_LinksAllItsErrorsOnce()
    {
        await RecordAsync(Run(Failure("build a", "one"), Failure("build a", "another")));
        await RecordAsync(Run(Failure("build a", "one")) with { Passed = ["build b"] });
        var success = new RunReport { Kind = "test", Operation = "run", Succeeded = true, Passed = ["build a", "build b"] };

        await RecordAsync(success);
        await RecordAsync(success);

        var linked = Assert.Single(await TaggedAsync("test-fixed"));
        Assert.Equal("build a", linked.Key);
        Assert.Equal(2, linked.Tags.Count(static tag => tag.StartsWith("resolves:", StringComparison.Ordinal)));
        var told = Assert.Single(await RecordAsync(Run(Failure("build a", "one"))));
        Assert.Contains("; then: ", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_OfSecrets_KeepsNoneOfThem()
    {
        var failure = Failure("Shop.Login", "password=hunter2") with { Trace = "at Shop.Login(token=abcdef)", Metadata = new() { ["display_name"] = "Login(secret: \"tiger\")" } };

        await RecordAsync(Run(failure));

        var entry = Assert.Single(await TaggedAsync("test-failure"));
        Assert.All(["hunter2", "abcdef", "tiger"], secret => Assert.DoesNotContain(secret, entry.Content + entry.Value.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Record_OfVeryManyFailures_RemembersAHundredAndCountsTheOthers()
    {
        await RecordAsync(Run([.. Enumerable.Range(0, 130).Select(static number => Failure($"Shop.Test{number}", "broken"))]));

        Assert.Equal(100, (await TaggedAsync("test-failure")).Count);
        Assert.Equal(30, Assert.Single(await TaggedAsync("test-run")).Value.GetProperty("metadata").GetProperty("failures_left_out").GetInt32());
    }

    private static RunFailure Failure(string operation, string message) => new() { Operation = operation, Type = "Shop.BrokenException", Message = message };

    private static RunReport Run(params RunFailure[] failures) => new()
    {
        Kind = "test",
        Operation = "run",
        Counts = new() { ["passed"] = 3, ["failed"] = failures.Length },
        Failures = [.. failures],
    };

    private async Task<IReadOnlyList<string>> RecordAsync(RunReport report)
    {
        var told = await new RunRecorder(_memory, "shop", new ToolText([]), TimeProvider.System).RecordAsync(RunReport.Read(report.Write())!);
        Assert.True(await _memory.FlushAsync(cancellationToken: Token));
        return told;
    }

    private ValueTask<IReadOnlyList<MemoryEntry>> TaggedAsync(string tag) =>
        _memory.Backend.QueryAsync(new MemoryQuery { Project = "shop", AnyTags = [tag], Limit = MemoryQuery.MaxLimit }, Token);
}
