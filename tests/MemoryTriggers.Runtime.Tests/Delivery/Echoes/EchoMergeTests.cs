using System.Text.Json;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery.Echoes;

/// <summary>Values that cannot be joined, and those that have joined before.</summary>
public sealed class EchoMergeTests
{
    private readonly MemoryEntry _first = Entry("charge", "{}");

    [Fact]
    public void Echo_ThatHasJoinedBefore_ChangesNothing()
    {
        var once = EchoMerge.Into(_first, Request());
        var twice = EchoMerge.Into(once, Request());

        Assert.Equal((once.Content, once.Value.GetRawText()), (twice.Content, twice.Value.GetRawText()));
        Assert.EndsWith("; GET /a answered 500", once.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Echoes_MoreThanSixteen_LeaveTheMemoryAsItIs()
    {
        var full = Enumerable.Range(0, 16).Aggregate(_first, static (all, n) => EchoMerge.Into(all, Entry($"outer {n}", "{}")));

        var more = EchoMerge.Into(EchoMerge.Into(full, Request()), Request());

        Assert.Equal(16, more.Value.GetProperty("passed").GetArrayLength());
        Assert.Equal(full.Content, more.Content);
    }

    [Theory]
    [InlineData(62)]
    [InlineData(63)]
    public async Task Echo_WithAValueAsDeepAsJsonMayBe_StaysAMemoryOrJoins(int depth)
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        await AssertNothingIsLostAsync(Entry("request", $$"""{"arguments":{{deep}}}"""));
    }

    [Fact]
    public async Task Echo_WithAValueThatNamesAPropertyTwice_StaysAMemoryOrJoins() =>
        await AssertNothingIsLostAsync(Entry("request", """{"metadata":{"a":1,"a":2},"arguments":{"b":1,"b":2}}"""));

    private async Task AssertNothingIsLostAsync(MemoryEntry echo)
    {
        var time = new ManualTimeProvider();
        var loggers = new CollectingLoggers(out _);
        var logger = loggers.CreateLogger<RecordDelivery>();
        var folding = new EchoFolding(new StoreAttempts(new EchoStore(), new DeliveryOptions(), time, logger), time, logger);
        List<PendingRecord> batch = [new(default, _first, null), new(default, echo, null) { EchoOf = _first.Id }];

        var kept = await folding.FoldAsync(batch, batch, folding.Begin(batch), TestContext.Current.CancellationToken);

        var isJoined = kept[0].Entry.Value.TryGetProperty("passed", out _);
        Assert.Equal(isJoined ? [_first.Id] : [_first.Id, echo.Id], kept.Select(static record => record.Entry.Id));
        Assert.Equal(isJoined, !loggers.Warnings.Any(static line => line.Contains("cannot be joined", StringComparison.Ordinal)));
    }

    private static MemoryEntry Request() => Entry("GET /a", """{"metadata":{"verb":"GET","status":500}}""");

    private static MemoryEntry Entry(string key, string value) => Any.Entry() with
    {
        Id = Any.Id(),
        Key = key,
        Outcome = TriggerOutcome.Failure,
        Value = JsonElement.Parse(value, new JsonDocumentOptions { MaxDepth = 128 }),
    };
}
