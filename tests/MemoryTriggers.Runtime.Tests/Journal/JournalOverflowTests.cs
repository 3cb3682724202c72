using MemoryTriggers.Journal;

namespace MemoryTriggers.Tests.Journal;

/// <summary>A full journal does exactly what it was told to do, and counts what is lost by that.</summary>
public sealed class JournalOverflowTests : IDisposable
{
    private const int Segments = 4;
    private const int RecordsInSegment = ((64 * 1024) - SegmentHeader.Bytes) / 32;
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(10);
    private readonly JournalHarness _harness = new()
    {
        Options = new JournalOptions
        {
            SegmentBytes = 64 * 1024,
            MaxBytes = Segments * 64 * 1024,
            MaxRecordBytes = 16 * 1024,
            SyncInterval = TimeSpan.FromMilliseconds(1),
        },
    };

    public static TheoryData<int> Modes => [(int)JournalMode.Mapped, (int)JournalMode.Written, (int)JournalMode.Memory];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _harness.Dispose();

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Block_WhileTheStoreMakesRoom_LosesNothing(int mode)
    {
        using var journal = Open(mode, JournalOverflow.Block, Ample);
        const int count = 5 * Segments * RecordsInSegment;
        var drained = Task.Run(
            () =>
            {
                var numbers = new List<int>();
                while (numbers.Count < count && !Token.IsCancellationRequested) numbers.AddRange(JournalHarness.Drain(journal));
                return numbers;
            },
            Token);

        JournalHarness.Fill(journal, 0, count);

        Assert.Equal(Enumerable.Range(0, count), await drained);
        Assert.Equal(0, Lane(journal, TriggerPriority.Medium).Dropped);
    }

    [Fact]
    public void Block_WhenNobodyMakesRoom_DropsTheNewOneAfterTheWait()
    {
        using var journal = Open((int)JournalMode.Mapped, JournalOverflow.Block, TimeSpan.FromMilliseconds(20));
        var accepted = FillUp(journal, TriggerPriority.Medium);

        Assert.Equal(JournalAppendResult.DroppedFull, journal.TryAppend(TriggerPriority.Medium, JournalHarness.Record(1)));

        Assert.Equal(Segments * RecordsInSegment, accepted);
        Assert.Equal(2, Lane(journal, TriggerPriority.Medium).DroppedFull);
        Assert.Equal(Enumerable.Range(0, accepted), JournalHarness.Drain(journal));
    }

    [Fact]
    public async Task Block_WhenTheJournalCloses_EndsTheWait()
    {
        var journal = Open((int)JournalMode.Mapped, JournalOverflow.Block, Ample);
        journal.TryAppend(TriggerPriority.Medium, JournalHarness.Record(0));
        var filling = Task.Run(() => FillUp(journal, TriggerPriority.Medium), Token);
        while (Lane(journal, TriggerPriority.Medium).Accepted < Segments * RecordsInSegment) await Task.Yield();

        journal.Dispose();

        await filling;
        Assert.Equal(1, Lane(journal, TriggerPriority.Medium).DroppedClosed);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void DropLowestPriority_ForAHigherOne_GivesUpWholeOldSegmentsAndCountsThem(int mode)
    {
        using var journal = Open(mode, JournalOverflow.DropLowestPriority, Ample);
        var low = FillUp(journal, TriggerPriority.Low);

        JournalHarness.Fill(journal, 0, 2 * RecordsInSegment, TriggerPriority.High);

        var evicted = Lane(journal, TriggerPriority.Low).Evicted;
        Assert.Equal(2 * RecordsInSegment, evicted);
        Assert.Equal(Enumerable.Range(0, 2 * RecordsInSegment), JournalHarness.Drain(journal, TriggerPriority.High));
        Assert.Equal(Enumerable.Range((int)evicted, low - (int)evicted), JournalHarness.Drain(journal, TriggerPriority.Low));
        Assert.Equal(0, journal.GetStatistics().Pending);
        Assert.Equal(0, journal.GetStatistics().Lanes.Sum(static lane => lane.PendingBytes));
    }

    [Fact]
    public void DropLowestPriority_AmongEquals_DropsTheNewOne()
    {
        using var journal = Open((int)JournalMode.Mapped, JournalOverflow.DropLowestPriority, TimeSpan.FromMilliseconds(20));
        var accepted = FillUp(journal, TriggerPriority.Medium);

        Assert.Equal(JournalAppendResult.DroppedFull, journal.TryAppend(TriggerPriority.Low, JournalHarness.Record(1)));

        Assert.Equal((0, 1), (Lane(journal, TriggerPriority.Medium).Evicted, Lane(journal, TriggerPriority.Low).DroppedFull));
        Assert.Equal(Enumerable.Range(0, accepted), JournalHarness.Drain(journal));
    }

    [Fact]
    public void DropLowestPriority_WhileABatchIsOnItsWay_LeavesItsSegmentAlone()
    {
        using var journal = Open((int)JournalMode.Mapped, JournalOverflow.DropLowestPriority, Ample);
        var low = FillUp(journal, TriggerPriority.Low);
        var batch = journal.Read(TriggerPriority.Low, 10, 64 * 1024);

        JournalHarness.Fill(journal, 0, RecordsInSegment, TriggerPriority.Critical);
        journal.Rewind(TriggerPriority.Low);
        var again = journal.Read(TriggerPriority.Low, 10, 64 * 1024);
        journal.Acknowledge(again);

        Assert.Equal(batch.Records.Select(JournalHarness.Number), again.Records.Select(JournalHarness.Number));
        var rest = JournalHarness.Drain(journal, TriggerPriority.Low);
        Assert.Equal(low, 10 + rest.Count + Lane(journal, TriggerPriority.Low).Evicted);
        Assert.Equal(0, Lane(journal, TriggerPriority.Low).Pending);
    }

    [Fact]
    public async Task DropLowestPriority_ThenACrash_StartsAndHasTheRest()
    {
        using var journal = Open((int)JournalMode.Mapped, JournalOverflow.DropLowestPriority, Ample);
        var low = FillUp(journal, TriggerPriority.Low);
        var batch = journal.Read(TriggerPriority.Low, 10, 64 * 1024);
        JournalHarness.Fill(journal, 0, RecordsInSegment, TriggerPriority.Critical);
        journal.Acknowledge(batch);
        await journal.SyncAsync(Token);
        var evicted = (int)Lane(journal, TriggerPriority.Low).Evicted;

        _harness.Crash("a", "b");
        using var reopened = _harness.Open(name: "b");

        Assert.Equal(Enumerable.Range(0, RecordsInSegment), JournalHarness.Drain(reopened, TriggerPriority.Critical));
        Assert.Equal(low - 10 - evicted, JournalHarness.Drain(reopened, TriggerPriority.Low).Count);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Spill_PastTheSize_TakesMoreUpToTheCapAndGivesItBack(int mode)
    {
        _harness.Options.SpillBytes = 2 * Segments * 64 * 1024;
        using var journal = Open(mode, JournalOverflow.Spill, TimeSpan.Zero);

        var accepted = FillUp(journal, TriggerPriority.Medium);

        Assert.Equal(3 * Segments * RecordsInSegment, accepted);
        Assert.Equal(1, Lane(journal, TriggerPriority.Medium).DroppedFull);
        Assert.NotNull(journal.GetStatistics().DegradedReason);
        Assert.Equal(Enumerable.Range(0, accepted), JournalHarness.Drain(journal));
        await journal.SyncAsync(Token);
        Assert.InRange(journal.GetStatistics().AllocatedBytes, 0, _harness.Options.MaxBytes);
    }

    private static int FillUp(CaptureJournal journal, TriggerPriority lane)
    {
        var accepted = 0;
        while (journal.TryAppend(lane, JournalHarness.Record(accepted)) == JournalAppendResult.Accepted) accepted++;
        return accepted;
    }

    private static JournalLaneStatistics Lane(CaptureJournal journal, TriggerPriority lane) => journal.GetStatistics().Lanes[(int)lane];

    private CaptureJournal Open(int mode, JournalOverflow overflow, TimeSpan wait)
    {
        _harness.Options.Overflow = overflow;
        _harness.Options.OverflowWait = wait;
        return _harness.Open((JournalMode)mode);
    }
}
