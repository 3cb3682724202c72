using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>A trigger on many operations: what it captures is stored or counted, and the accounting balances.</summary>
[Collection(nameof(ProcessWide))]
public sealed class BroadTriggerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Executions_AreStoredOrCounted_AndAfterARestartToo()
    {
        var broad = TriggerHub.Describe(new() { Type = TriggerType.WorkflowCompletion, Operation = "broad", RememberEach = false });
        var single = TriggerHub.Describe(new() { Type = TriggerType.WorkflowCompletion, Operation = "single" });

        for (var start = 0; start < 2; start++)
        {
            await using var memory = await MemoryTriggerService.StartAsync(
                options => (options.DataDirectory, options.Project) = (_directory.Path, "shop"), cancellationToken: Token);
            for (var number = 0; number < 100; number++) Run(broad, null);
            for (var number = 0; number < 7; number++) Run(single, null);
            for (var number = 0; number < 3; number++) Run(broad, new InvalidOperationException($"{start} {number}"));

            Assert.True(await memory.FlushAsync(cancellationToken: Token));
            var health = await memory.GetHealthAsync(Token);
            Assert.True(health.IsBalanced);
            Assert.Equal((110, 11, 99), (health.Accepted, health.Stored, health.Counted));
            Assert.Empty(health.Problems);
        }
    }

    private static void Run(TriggerDescriptor descriptor, Exception? exception)
    {
        var record = TriggerHub.Begin(descriptor)!;
        if (exception is null) record.Succeed();
        else TriggerHub.Fail(record, exception);
        TriggerHub.End(record);
    }
}
