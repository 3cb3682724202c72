using MemoryTriggers.Capture;
using MemoryTriggers.Decoding;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Delivery.Holding;
using MemoryTriggers.Files;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Delivery;

/// <summary>A correction that comes in a later batch follows what was decided about its record.</summary>
[Collection(nameof(ProcessWide))]
public sealed class LateCorrectionTests : IDisposable
{
    private readonly RecordingBackend _store = new();
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly HoldingStore _holding;
    private readonly Rules _rules = new();

    public LateCorrectionTests() => _holding = Holding();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _holding.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Correction_OfAStoredRecord_ReplacesItWithoutARule()
    {
        var (delivery, _) = Delivery();
        var (first, correction) = Records();
        await DeliverAsync(delivery, first);
        _rules.Rule = static _ => new DeliveryRuling(null);

        var result = await DeliverAsync(delivery, correction);
        var second = await DeliverAsync(delivery, correction);

        Assert.Equal(new DeliveryResult(0, 0, Superseded: 1), result);
        Assert.Equal(result, second);
        Assert.Equal(1, _rules.Asked);
        Assert.Equal(TriggerOutcome.Failure, (await StoredAsync())!.Outcome);
    }

    [Fact]
    public async Task Correction_OfADeniedRecord_IsDenied()
    {
        var (delivery, _) = Delivery();
        var (first, correction) = Records();
        _rules.Rule = static _ => new DeliveryRuling(null);
        Assert.Equal(new DeliveryResult(0, 0, Denied: 1), await DeliverAsync(delivery, first));
        _rules.Rule = static entry => new DeliveryRuling(entry);

        var result = await DeliverAsync(delivery, correction);

        Assert.Equal(new DeliveryResult(0, 0, Superseded: 1), result);
        Assert.Null(await StoredAsync());
    }

    [Fact]
    public async Task Correction_OfAChangedRecord_IsChangedLikewise()
    {
        var (delivery, _) = Delivery();
        var (first, correction) = Records();
        _rules.Rule = static entry => new DeliveryRuling(entry with
        {
            Priority = TriggerPriority.Low, Category = "bug", QualityScore = 0.2, Tags = [.. entry.Tags, "ruled"],
        });
        await DeliverAsync(delivery, first);

        await DeliverAsync(delivery, correction);

        var stored = (await StoredAsync())!;
        Assert.Equal((TriggerOutcome.Failure, TriggerPriority.Low, "bug", 0.2), (stored.Outcome, stored.Priority, stored.Category, stored.QualityScore));
        Assert.Contains("ruled", stored.Tags);
        Assert.Contains("failure", stored.Tags);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("group")]
    public async Task Correction_OfAHeldRecord_TakesItsPlace(string? batch)
    {
        var (delivery, held) = Delivery();
        var (first, correction) = Records();
        _rules.Rule = entry => new DeliveryRuling(entry, new HoldingTime(TimeSpan.FromMinutes(1), batch, 10));
        Assert.Equal(new DeliveryResult(0, 0, Held: 1), await DeliverAsync(delivery, first));

        Assert.Equal(new DeliveryResult(0, 0, Superseded: 1), await DeliverAsync(delivery, correction));
        Assert.Equal(1, _holding.Count);
        _rules.Rule = static entry => new DeliveryRuling(entry);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await held.StepAsync(Token));

        Assert.Equal(TriggerOutcome.Failure, (await StoredAsync())!.Outcome);
        Assert.Equal((0, 1), (_holding.Count, held.Stored));
    }

    [Fact]
    public async Task Correction_WhileTheHeldRecordIsOnItsWay_ComesAfterIt()
    {
        var (delivery, held) = Delivery();
        var (first, correction) = Records();
        _rules.Rule = static entry => new DeliveryRuling(entry, new HoldingTime(TimeSpan.Zero));
        await DeliverAsync(delivery, first);
        _rules.Rule = static entry => new DeliveryRuling(entry);
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _store.BeforeStore = (_, _) =>
        {
            reached.TrySetResult();
            return go.Task;
        };
        var step = held.StepAsync(Token);
        await reached.Task.WaitAsync(Token);
        await DeliverAsync(delivery, correction);
        go.SetResult();
        await step;

        Assert.True(await held.StepAsync(Token));

        Assert.Equal(TriggerOutcome.Failure, (await StoredAsync())!.Outcome);
        Assert.Equal(0, _holding.Count);
        Assert.Equal(2, _rules.Asked);
    }

    [Theory]
    [InlineData("stored")]
    [InlineData("held")]
    public async Task Correction_AfterARestart_FollowsWhatIsFound(string fate)
    {
        var (before, _) = Delivery();
        var (first, correction) = Records();
        if (fate == "held") _rules.Rule = static entry => new DeliveryRuling(entry, new HoldingTime(TimeSpan.FromMinutes(1)));
        await DeliverAsync(before, first);
        _rules.Rule = static _ => new DeliveryRuling(null);

        // Nothing of what was decided is known to the next one.
        var (after, held) = Delivery();
        Assert.Equal(new DeliveryResult(0, 0, Superseded: 1), await DeliverAsync(after, correction));
        _rules.Rule = static entry => new DeliveryRuling(entry);
        _time.Advance(TimeSpan.FromMinutes(1));
        await held.StepAsync(Token);

        Assert.Equal(TriggerOutcome.Failure, (await StoredAsync())!.Outcome);
    }

    [Fact]
    public async Task Correction_OfNothing_IsDecidedAsARecord()
    {
        var (delivery, _) = Delivery();
        var (_, correction) = Records();
        _rules.Rule = static _ => new DeliveryRuling(null);

        Assert.Equal(new DeliveryResult(0, 0, Denied: 1), await DeliverAsync(delivery, correction));
    }

    [Fact]
    public void Decided_MoreThanAreRemembered_ForgetsTheOldest()
    {
        var decided = new DecidedRecords(most: 2);
        var records = Enumerable.Range(0, 3).Select(_ => new PendingRecord(Records().First, Any.Entry() with { Id = Guid.NewGuid() }, null)).ToList();

        foreach (var record in records) decided.Note(record, DecidedRecord.Denied);

        Assert.Equal([false, true, true], records.Select(record => decided.Find(record.Entry.Id) is not null));
    }

    private static Task<DeliveryResult> DeliverAsync(RecordDelivery delivery, byte[] record) =>
        delivery.DeliverAsync([record], static _ => CapturedRecords.Definition, Token);

    private static (byte[] First, byte[] Correction) Records()
    {
        var (first, correction) = CapturedRecords.Corrected();
        first[CaptureFormat.FlagsOffset] |= (byte)CaptureFlags.Provisional;
        return (first, correction);
    }

    private async Task<MemoryEntry?> StoredAsync() => (await _store.QueryAsync(new() { AllProjects = true }, Token)).SingleOrDefault();

    private HoldingStore Holding() => new(_directory.Path, ProblemLog.At(null, _time), _time);

    private (RecordDelivery Delivery, HeldDelivery Held) Delivery()
    {
        var options = new DeliveryOptions();
        var sorting = new RecordSorting(_rules, _holding);
        var letters = new DeadLetterStore(null, _time, NullLogger<DeadLetterStore>.Instance, SystemDisk.Instance);
        var delivery = new RecordDelivery(
            _store, new MemoryComposer("p"), letters, options, _time, NullLogger<RecordDelivery>.Instance, sorting: sorting,
            provisional: new ProvisionalRecords(_time));
        return (delivery, new HeldDelivery(_holding, delivery, sorting, options, _time, NullLogger<HeldDelivery>.Instance));
    }

    private sealed class Rules : IDeliveryRules
    {
        public int Asked { get; private set; }

        public Func<MemoryEntry, DeliveryRuling> Rule { get; set; } = static entry => new DeliveryRuling(entry);

        DeliveryRuling IDeliveryRules.Rule(MemoryEntry entry)
        {
            Asked++;
            return Rule(entry);
        }
    }
}
