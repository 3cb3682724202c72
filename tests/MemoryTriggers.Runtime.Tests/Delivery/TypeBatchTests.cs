using FsCheck;
using FsCheck.Fluent;
using MemoryTriggers.Capture;
using MemoryTriggers.Decoding;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Files;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Delivery;

/// <summary>Batch size, age and time limit of single trigger types.</summary>
public sealed class TypeBatchTests
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(250);
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingBackend _backend = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Store_AnyTypesAndSizes_KeepsToThemAndLosesNothing()
    {
        var sizes = Gen.ArrayOf(Gen.Elements(0, 0, 1, 2, 3, 7), Enum.GetValues<TriggerType>().Length);
        var types = Gen.ListOf(Gen.Choose(-1, Enum.GetValues<TriggerType>().Length - 1), 60);

        Prop.ForAll((from size in sizes from type in types select (size, type)).ToArbitrary(), static made => Holds(made.size, [.. made.type]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(4711, 20_261_121));
    }

    [Fact(Timeout = 60_000)]
    public async Task Timeout_OfAType_HoldsForItAndNotForOthers()
    {
        _backend.BeforeStore = static (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, token);
        var attempts = new StoreAttempts(_backend, new DeliveryOptions { OperationTimeout = TimeSpan.FromSeconds(30) }, _time,
            NullLogger.Instance, Limits(TriggerType.AgentOperation, new() { Timeout = TimeSpan.FromSeconds(3) }));

        var own = attempts.StoreOnceAsync([Entry(TriggerType.AgentOperation)], Token).AsTask();
        var other = attempts.StoreOnceAsync([Entry(TriggerType.IssueResolution)], Token).AsTask();
        _time.Advance(TimeSpan.FromSeconds(3));
        var failure = await Assert.ThrowsAsync<MemoryServiceUnavailableException>(() => own);

        Assert.Equal("recording: no answer within 00:00:03", failure.Message);
        Assert.False(other.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(27));
        await Assert.ThrowsAsync<MemoryServiceUnavailableException>(() => other);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(new[] { 20 }, 20)]
    [InlineData(new[] { 30_000 }, 30_000)]
    [InlineData(new[] { 30_000, -1 }, 250)]
    [InlineData(new[] { 1_000, 40, 5_000 }, 40)]
    public async Task Age_OfSeveralTypes_TheShortestEndsTheWait(int[] ages, int ends)
    {
        var signal = new PumpSignal(_time);
        var wait = signal.WaitAsync(static () => true, Usual, static () => false);
        foreach (var age in ages) signal.Appended(age < 0 ? null : TimeSpan.FromMilliseconds(age));

        var waited = 0;
        for (; !wait.IsCompleted && waited < ends + 100; waited += 10)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            while (_time.Timers == 0 && !wait.IsCompleted) await Task.Yield();
        }

        // The wait checks every 20 ms.
        await wait;
        Assert.InRange(waited, ends, ends + 20);
    }

    [Fact]
    public void BatchOfAType_IsFull_IsSaid()
    {
        var limits = Limits(TriggerType.WorkflowCompletion, new() { BatchSize = 2 });
        var descriptor = TriggerHub.Describe(new TriggerDefinition { Type = TriggerType.WorkflowCompletion, Operation = "full batch" });
        Assert.True(limits.Wants(descriptor));
        var record = new byte[CaptureHead.Size];
        System.Runtime.InteropServices.MemoryMarshal.AsRef<CaptureHead>(record.AsSpan()).Descriptor = descriptor.Id;

        var full = Enumerable.Range(0, 3).Select(_ => limits.TryTake(TriggerPriority.Medium, record) && limits.HasFullBatch).ToList();

        Assert.Equal([false, true, true], full);
    }

    [Theory]
    [InlineData(-1, null, null)]
    [InlineData(10_001, null, null)]
    [InlineData(1, 60_001, null)]
    [InlineData(1, null, 99)]
    [InlineData(1, null, 600_001)]
    public void Limit_OutOfRange_IsRefused(int size, int? age, int? timeout) => Assert.Throws<ArgumentOutOfRangeException>(() =>
        new TriggerTypeOptions
        {
            BatchSize = size,
            BatchAge = age is { } wait ? TimeSpan.FromMilliseconds(wait) : null,
            Timeout = timeout is { } time ? TimeSpan.FromMilliseconds(time) : null,
        });

    private static bool Holds(int[] sizes, int[] types)
    {
        var store = new RecordingBackend();
        var limits = new TriggerLimits(sizes.Select(static (size, type) =>
            KeyValuePair.Create((TriggerType)type, new TriggerTypeOptions { BatchSize = size })));
        var delivery = new RecordDelivery(
            store, new MemoryComposer("p"), new DeadLetterStore(null, TimeProvider.System, NullLogger<DeadLetterStore>.Instance, SystemDisk.Instance),
            new DeliveryOptions { AutoTune = false }, TimeProvider.System, NullLogger<RecordDelivery>.Instance, limits);
        var entries = types.Select(static type => Entry(type < 0 ? null : (TriggerType)type)).ToList();
        List<PendingRecord> pending = [.. entries.Concat(entries.Take(5)).Select(static entry => new PendingRecord(default, entry, null))];

        var result = delivery.StoreAsync(pending, Token).GetAwaiter().GetResult();

        var shared = store.Attempts.Where(call => call.Any(entry => !IsApart(entry))).ToList();
        return result == new DeliveryResult(pending.Count, 0)
            && store.Attempts.SelectMany(static call => call).Select(static entry => entry.Id).Order().SequenceEqual(entries.Select(static entry => entry.Id).Order())
            && store.Attempts.Except(shared).All(call => call.DistinctBy(static entry => entry.TriggerType).Count() == 1 && call.Count <= sizes[(int)call[0].TriggerType!])
            && shared.Count <= 1 && shared.All(call => !call.Any(IsApart));

        bool IsApart(MemoryEntry entry) => entry.TriggerType is { } type && sizes[(int)type] > 0;
    }

    private static TriggerLimits Limits(TriggerType type, TriggerTypeOptions options) => new([KeyValuePair.Create(type, options)]);

    private static MemoryEntry Entry(TriggerType? type) => Any.Entry() with { Id = Guid.NewGuid(), TriggerType = type };
}
