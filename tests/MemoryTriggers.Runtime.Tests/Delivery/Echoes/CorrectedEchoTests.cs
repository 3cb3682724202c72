using System.Text.Json;

namespace MemoryTriggers.Delivery.Echoes;

/// <summary>A correction has the last word on its own failure. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class CorrectedEchoTests : IDisposable
{
    private readonly EchoDelivery _delivery = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _delivery.Dispose();

    [Fact]
    public async Task Echo_InTheBatchOfALateCorrection_JoinsIt()
    {
        var last = new InvalidOperationException("last");
        var records = EchoDelivery.Corrected((inner, outer) =>
        {
            inner(new InvalidOperationException("first"));
            inner(last);
            outer(last);
        });

        await _delivery.DeliverAsync(records[0]);
        var result = await _delivery.DeliverAsync(records[1], records[2]);

        Assert.Equal(new DeliveryResult(0, 0, Superseded: 2), result);
        Assert.Equal(["charge: last"], await ErrorsAsync());
    }

    [Fact]
    public async Task Correction_OfAStoredMemoryThatTurnsOutToBeAnEcho_CorrectsThatMemory()
    {
        var last = new InvalidOperationException("last");
        var records = EchoDelivery.Corrected((inner, outer) =>
        {
            inner(last);
            outer(new InvalidOperationException("first"));
            outer(last);
        });

        foreach (var record in records) await _delivery.DeliverAsync(record);

        Assert.Equal(["charge: last", "request: last"], await ErrorsAsync());
    }

    [Fact]
    public async Task Correction_OfAnEchoThatHasJoined_JoinsAgain()
    {
        var last = new InvalidOperationException("last");
        var records = EchoDelivery.Corrected((inner, outer) =>
        {
            inner(last);
            outer(last);
            outer(last);
        });

        foreach (var record in records) await _delivery.DeliverAsync(record);

        Assert.Equal(["charge: last"], await ErrorsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Echo_WhoseExceptionIsReplacedByAnother_IsAFailureOfItsOwn(bool isTogether)
    {
        var first = new InvalidOperationException("first");
        var records = EchoDelivery.Corrected((inner, outer) =>
        {
            inner(first);
            outer(first);
            outer(new InvalidOperationException("of a finally block"));
        });

        if (isTogether) await _delivery.DeliverAsync(records);
        else foreach (var record in records) await _delivery.DeliverAsync(record);

        Assert.Equal(["charge: first", "request: of a finally block"], await ErrorsAsync());
    }

    private async Task<IEnumerable<string>> ErrorsAsync() => (await _delivery.Store.AllAsync(Token))
        .Select(static memory => $"{memory.Key}: {LastOf(memory).GetProperty("message").GetString()}").Order(StringComparer.Ordinal);

    private static JsonElement LastOf(MemoryEntry memory) => memory.Value.GetProperty("exception").EnumerateArray().Last();
}
