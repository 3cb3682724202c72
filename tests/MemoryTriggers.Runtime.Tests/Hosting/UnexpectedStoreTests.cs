using MemoryTriggers.Delivery;
using MemoryTriggers.Delivery.Holding;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>A store of the program that throws what it should not, for one record.</summary>
[Collection(nameof(ProcessWide))]
public sealed class UnexpectedStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingBackend _store = new()
    {
        BeforeStore = static (batch, _) => batch.Any(static entry => entry.Key == "poison") ? throw new InvalidOperationException("a defect") : Task.CompletedTask,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Store_FailsOnOneOf21_TheOthersAreStoredAndHealthReportsTheOne()
    {
        await using var memory = await StartAsync(null);

        for (var number = 0; number < 21; number++) Call(number == 7 ? "poison" : "sound");
        Assert.True(await memory.FlushAsync(cancellationToken: Token));

        Assert.Equal(20, await memory.Recall.CountAsync(cancellationToken: Token));
        Assert.Contains("a defect", Assert.Single(memory.DeadLetters).Reason, StringComparison.Ordinal);
        Assert.All(memory.CircuitBreakers, static circuit => Assert.Equal(CircuitState.Closed, circuit.State));
        var health = await memory.GetHealthAsync(Token);
        Assert.True(health.IsBalanced);
        Assert.Contains("1 records are dead letters", health.Problems);
        Assert.DoesNotContain(health.Problems, static problem => problem.Contains("wait", StringComparison.Ordinal) || problem.Contains("attempts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Store_FailsOnALoneHeldRecord_OthersAreStoredAndThenItIsADeadLetter()
    {
        var asked = new HashSet<Guid>();
        await using var memory = await StartAsync(entry =>
        {
            lock (asked) return asked.Add(entry.Id) ? new DeliveryRuling(entry, new HoldingTime(TimeSpan.Zero)) : new DeliveryRuling(entry);
        });

        Call("poison");
        await memory.FlushAsync(cancellationToken: Token);
        Call("sound");
        while (memory.DeadLetters.Count == 0) Assert.True(await memory.FlushAsync(cancellationToken: Token));

        Assert.Equal(1, await memory.Recall.CountAsync(cancellationToken: Token));
        var health = await memory.GetHealthAsync(Token);
        Assert.True(health.IsBalanced);
        Assert.Contains("1 records are dead letters", health.Problems);
        Assert.DoesNotContain(health.Problems, static problem => problem.Contains("wait", StringComparison.Ordinal) || problem.Contains("attempts", StringComparison.Ordinal));
    }

    private static void Call(string operation)
    {
        using var scope = TriggerScope.Workflow(operation);
        scope.Complete();
    }

    private Task<MemoryTriggerService> StartAsync(Func<MemoryEntry, DeliveryRuling>? rule) => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            options.Delivery.RetryDelay = options.Delivery.MaxRetryDelay = TimeSpan.FromMilliseconds(1);
            options.Delivery.BatchAge = TimeSpan.FromSeconds(10);
            if (rule is not null) options.Rules = new Rules(rule);
        },
        _store);

    private sealed class Rules(Func<MemoryEntry, DeliveryRuling> rule) : IDeliveryRules
    {
        public DeliveryRuling Rule(MemoryEntry entry) => rule(entry);
    }
}
