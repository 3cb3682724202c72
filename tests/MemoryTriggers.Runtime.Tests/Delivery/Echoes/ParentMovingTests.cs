
namespace MemoryTriggers.Delivery.Echoes;

/// <summary>What ran inside an operation that became no memory. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class ParentMovingTests : IDisposable
{
    private readonly EchoDelivery _delivery = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ParentMovingTests() => _delivery.Denied.Add("outer");

    public void Dispose() => _delivery.Dispose();

    [Fact]
    public async Task Child_InTheBatchOfADeniedParent_IsStoredWithoutItAtOnce()
    {
        await _delivery.DeliverAsync(EchoDelivery.Success("inner", "outer"));

        Assert.Null((await InnerAsync()).ParentId);
        Assert.Equal((0, 0), (_delivery.Store.Changes, _delivery.Store.Questions));
    }

    [Fact]
    public async Task Child_StoredBeforeItsParentIsDenied_IsMovedByOneChange()
    {
        var records = EchoDelivery.Success("inner", "outer");
        await _delivery.DeliverAsync(records[0]);
        Assert.NotNull((await InnerAsync()).ParentId);

        await _delivery.DeliverAsync(records[1]);

        Assert.Null((await InnerAsync()).ParentId);
        Assert.Equal((1, 0), (_delivery.Store.Changes, _delivery.Store.Questions));
    }

    [Fact]
    public async Task Records_DeniedWithoutChildren_AskTheStoreForNothing()
    {
        byte[][] denied = [.. Enumerable.Range(0, 200).SelectMany(static _ => EchoDelivery.Success("outer", "outer"))];

        var result = await _delivery.DeliverAsync(denied);

        Assert.Equal(400, result.Denied);
        Assert.Equal((0, 0), (_delivery.Store.Changes, _delivery.Store.Questions));
    }

    [Fact]
    public async Task Store_DownWhileAChildIsMoved_HoldsNothingUpAndTheNextBatchMovesIt()
    {
        var records = EchoDelivery.Success("inner", "outer");
        await _delivery.DeliverAsync(records[0]);
        _delivery.Store.BeforeChange = static (_, _) => throw EchoStore.Outage();

        Assert.Equal(new DeliveryResult(0, 0, Denied: 1), await _delivery.DeliverAsync(records[1]));
        _delivery.Store.BeforeChange = static (_, _) => Task.CompletedTask;
        await _delivery.DeliverAsync(EchoDelivery.Success("outer", "outer"));

        Assert.Null((await InnerAsync()).ParentId);
    }

    [Fact]
    public async Task Store_ThatRefusesToMoveAChild_IsNotAskedAgain()
    {
        var records = EchoDelivery.Success("inner", "outer");
        await _delivery.DeliverAsync(records[0]);
        _delivery.Store.BeforeChange = static (_, _) => throw EchoStore.Refusal();

        await _delivery.DeliverAsync(records[1]);
        await _delivery.DeliverAsync(EchoDelivery.Success("outer", "outer"));

        Assert.Equal(1, _delivery.Store.Changes);
    }

    private async Task<MemoryEntry> InnerAsync() => Assert.Single(await _delivery.Store.AllAsync(Token));
}
