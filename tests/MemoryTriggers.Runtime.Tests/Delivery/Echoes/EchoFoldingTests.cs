
namespace MemoryTriggers.Delivery.Echoes;

/// <summary>A failure is one memory, however its records come, and nothing of it is lost. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class EchoFoldingTests : IDisposable
{
    private readonly EchoDelivery _delivery = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _delivery.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Batch_DeliveredAgain_MakesTheSameMemories(bool isRestarted)
    {
        var records = EchoDelivery.Failure("charge", "place", "request");

        var first = await _delivery.DeliverAsync(records);
        var before = await MemoriesAsync();
        if (isRestarted) _delivery.Restart();
        var second = await _delivery.DeliverAsync(records);

        Assert.Equal((new DeliveryResult(1, 0, Superseded: 2), first), (first, second));
        Assert.Equal(["charge <- place, request"], Shapes(before));
        Assert.Equal(before.Select(Text), (await MemoriesAsync()).Select(Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Echoes_OfABatchOfTheirOwn_JoinTheStoredMemoryOnce(bool isRestarted)
    {
        var records = EchoDelivery.Failure("charge", "place", "request");
        await _delivery.DeliverAsync(records[0]);
        if (isRestarted) _delivery.Restart();

        for (var time = 0; time < 2; time++)
            Assert.Equal(new DeliveryResult(0, 0, Superseded: 2), await _delivery.DeliverAsync(records[1], records[2]));

        Assert.Equal(["charge <- place, request"], Shapes(await MemoriesAsync()));
        Assert.Equal(2, _delivery.Store.Changes);
    }

    [Fact]
    public async Task Batches_OfWhichTheSecondWasStoredWithoutAcknowledgment_MakeTheSameMemoryAfterARestart()
    {
        var records = EchoDelivery.Failure("charge", "place", "request");
        await _delivery.DeliverAsync(records[0], records[1]);
        await _delivery.DeliverAsync(records[2]);

        _delivery.Restart();
        await _delivery.DeliverAsync(records[0], records[1]);
        await _delivery.DeliverAsync(records[2]);

        Assert.Equal(["charge <- place, request"], Shapes(await MemoriesAsync()));
    }

    [Fact]
    public async Task Echo_WhileAnotherDeliveryIsStoringItsMemory_WaitsForIt()
    {
        var records = EchoDelivery.Failure("charge", "request");
        var (reached, mayStore) = (new TaskCompletionSource(), new TaskCompletionSource());
        _delivery.Store.BeforeStore = (_, _) =>
        {
            reached.TrySetResult();
            return mayStore.Task;
        };

        var first = _delivery.DeliverAsync(records[0]);
        await reached.Task;
        var second = _delivery.DeliverAsync(records[1]);
        Assert.False(second.IsCompleted);
        mayStore.SetResult();

        Assert.Equal((1, 1), ((await first).Stored, (await second).Superseded));
        Assert.Equal(["charge <- request"], Shapes(await MemoriesAsync()));
    }

    [Fact]
    public async Task Echo_WhoseMemoryComesLater_StaysAndWaitsForNothing()
    {
        var records = EchoDelivery.Failure("charge", "request");

        await _delivery.DeliverAsync(records[1]);
        await _delivery.DeliverAsync(records[0]);

        Assert.Equal(["charge", "request"], Shapes(await MemoriesAsync()));
    }

    [Fact]
    public async Task Echo_StoppedWhileItWaits_JoinsInTheNextProcess()
    {
        var records = EchoDelivery.Failure("charge", "request");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _delivery.Store.BeforeStore = static (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, token);
        var first = _delivery.DeliverAsync(stop.Token, records[0]);
        var second = _delivery.DeliverAsync(stop.Token, records[1]);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Empty(await MemoriesAsync());
        _delivery.Store.BeforeStore = static (_, _) => Task.CompletedTask;
        _delivery.Restart();
        await _delivery.DeliverAsync(records[0]);
        await _delivery.DeliverAsync(records[1]);

        Assert.Equal(["charge <- request"], Shapes(await MemoriesAsync()));
    }

    [Fact]
    public async Task Memory_ThatTheStoreRefuses_IsADeadLetterAndItsEchoAMemory()
    {
        var records = EchoDelivery.Failure("charge", "request");
        Refuse(static entry => entry.Key == "charge");

        var result = await _delivery.DeliverAsync(records);

        Assert.Equal(new DeliveryResult(Stored: 1, DeadLettered: 1), result);
        Assert.Equal(["request"], Shapes(await MemoriesAsync()));
        Assert.Equal(records[0], Assert.Single(_delivery.Letters.List()).Record);
    }

    [Fact]
    public async Task Memories_ThatTheStoreRefusesTogether_AreStoredApart()
    {
        Refuse(static entry => entry.Value.TryGetProperty("passed", out _));

        var result = await _delivery.DeliverAsync(EchoDelivery.Failure("charge", "place", "request"));

        Assert.Equal(new DeliveryResult(Stored: 3, DeadLettered: 0), result);
        Assert.Equal(["charge", "place", "request"], Shapes(await MemoriesAsync()));
        Assert.Empty(_delivery.Letters.List());
    }

    [Fact]
    public async Task Echo_OfADeadLetterOfAnEarlierBatch_IsAMemory()
    {
        var records = EchoDelivery.Failure("charge", "request");
        Refuse(static entry => entry.Key == "charge");
        await _delivery.DeliverAsync(records[0]);

        var result = await _delivery.DeliverAsync(records[1]);

        Assert.Equal(new DeliveryResult(Stored: 1, DeadLettered: 0), result);
        Assert.Equal(["request"], Shapes(await MemoriesAsync()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Echo_OfADeniedMemory_IsAMemory(bool isTogether)
    {
        var records = EchoDelivery.Failure("charge", "request");
        _delivery.Denied.Add("charge");

        if (isTogether) await _delivery.DeliverAsync(records);
        else foreach (var record in records) await _delivery.DeliverAsync(record);

        Assert.Equal(["request"], Shapes(await MemoriesAsync()));
    }

    [Fact]
    public async Task Store_DownWhileAnEchoJoins_IsWaitedOut()
    {
        var records = EchoDelivery.Failure("charge", "request");
        await _delivery.DeliverAsync(records[0]);
        _delivery.Store.BeforeChange = (_, _) => _delivery.Store.Changes <= 5 ? throw EchoStore.Outage() : Task.CompletedTask;

        var result = await _delivery.DeliverThroughAsync(records[1]);

        Assert.Equal(new DeliveryResult(0, 0, Superseded: 1), result);
        Assert.Equal(["charge <- request"], Shapes(await MemoriesAsync()));
        Assert.Equal(5, _delivery.Delivery.Retries);
    }

    [Fact]
    public async Task Store_ThatDoesNotAnswerWhileAnEchoJoins_IsAskedAgain()
    {
        var records = EchoDelivery.Failure("charge", "request");
        await _delivery.DeliverAsync(records[0]);
        _delivery.Store.BeforeChange = (_, token) =>
            _delivery.Store.Changes == 1 ? Task.Delay(Timeout.InfiniteTimeSpan, token) : Task.CompletedTask;

        var result = await _delivery.DeliverThroughAsync(records[1]);

        Assert.Equal(1, result.Superseded);
        Assert.InRange(_delivery.Store.Changes, 2, int.MaxValue);
        Assert.Equal(["charge <- request"], Shapes(await MemoriesAsync()));
    }

    [Fact]
    public async Task Store_DownForBothDeliveries_LeavesOneMemory()
    {
        var records = EchoDelivery.Failure("charge", "request");
        var (reached, attempts) = (new TaskCompletionSource(), 0);
        _delivery.Store.BeforeStore = (_, _) =>
        {
            reached.TrySetResult();
            return ++attempts <= 6 ? throw EchoStore.Outage() : Task.CompletedTask;
        };

        var first = _delivery.DeliverAsync(records[0]);
        await reached.Task;
        var result = await _delivery.DeliverThroughAsync(records[1]);

        Assert.Equal((1, 1), ((await first).Stored, result.Superseded));
        Assert.Equal(["charge <- request"], Shapes(await MemoriesAsync()));
    }

    [Fact]
    public async Task Store_ThatRefusesTheChange_GetsTheEchoAsAMemory()
    {
        var records = EchoDelivery.Failure("charge", "request");
        await _delivery.DeliverAsync(records[0]);
        _delivery.Store.BeforeChange = static (_, _) => throw EchoStore.Refusal();

        Assert.Equal(new DeliveryResult(1, 0), await _delivery.DeliverAsync(records[1]));

        Assert.Equal(["charge", "request"], Shapes(await MemoriesAsync()));
    }

    private void Refuse(Func<MemoryEntry, bool> isRefused) => _delivery.Store.BeforeStore = (batch, _) =>
        batch.Any(isRefused) ? throw EchoStore.Refusal() : Task.CompletedTask;

    private Task<IReadOnlyList<MemoryEntry>> MemoriesAsync() => _delivery.Store.AllAsync(Token);

    private static IEnumerable<string> Shapes(IEnumerable<MemoryEntry> memories) => memories.Select(static memory =>
        memory.Value.TryGetProperty("passed", out var passed)
            ? $"{memory.Key} <- {string.Join(", ", passed.EnumerateArray().Select(static one => one.GetProperty("operation").GetString()))}"
            : memory.Key).Order(StringComparer.Ordinal);

    private static string Text(MemoryEntry memory) =>
        $"{memory.Id} {memory.Content} {memory.Value.GetRawText()} {string.Join(',', memory.Tags)} {memory.ParentId} {memory.Priority}";
}
