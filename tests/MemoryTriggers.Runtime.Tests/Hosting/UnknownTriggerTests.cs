using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>
/// Records whose trigger is not known, as when the journal has lost its definitions: no memory of them is anonymous, none is lost, and they
/// are stored when the program registers the trigger.
/// </summary>
[Collection(nameof(ProcessWide))]
public sealed class UnknownTriggerTests : IDisposable
{
    private const int Records = 20;
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Records_OfAnUnregisteredTrigger_AreStoredWhenItIsRegistered(bool isRestarted)
    {
        var definition = new TriggerDefinition { Type = TriggerType.WorkflowCompletion, Operation = $"late {Guid.NewGuid()}" };
        var store = new RecordingBackend();
        await using (var memory = await StartAsync(store))
        {
            Capture(new TriggerDescriptor(definition));
            Assert.True(await memory.FlushAsync(cancellationToken: Token));

            Assert.Equal(Records, memory.DeadLetters.Count);
            Assert.All(
                memory.DeadLetters, static letter => Assert.Contains("trigger is not known", letter.Reason, StringComparison.Ordinal));
            Assert.Empty(store.Attempts);
            Assert.Contains(
                (await memory.GetHealthAsync(Token)).Problems, static line => line.Contains("dead letters", StringComparison.Ordinal));
            if (!isRestarted) await AssertStoredAsync(memory, store, definition);
        }

        store = new RecordingBackend();
        if (!isRestarted) return;
        await using var after = await StartAsync(store);
        await AssertStoredAsync(after, store, definition);
    }

    private static async Task AssertStoredAsync(MemoryTriggerService memory, RecordingBackend store, TriggerDefinition definition)
    {
        TriggerHub.Describe(definition);
        Assert.True(await memory.FlushAsync(cancellationToken: Token));

        Assert.Empty(memory.DeadLetters);
        var stored = store.Attempts.SelectMany(static batch => batch).ToList();
        Assert.Equal(Records, stored.Count);
        Assert.All(stored, entry => Assert.Equal(definition.Operation, entry.Key));
    }

    private static void Capture(TriggerDescriptor descriptor)
    {
        for (var number = 0; number < Records; number++)
        {
            var record = TriggerHub.Begin(descriptor)!;
            record.Succeed();
            TriggerHub.End(record);
        }
    }

    private Task<MemoryTriggerService> StartAsync(RecordingBackend store) => MemoryTriggerService.StartAsync(
        options => (options.DataDirectory, options.Project) = (_directory.Path, "shop"), store, cancellationToken: Token);
}
