using MemoryTriggers.Journal;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests.Journal;

public sealed class JournalAppendTests : IDisposable
{
    private readonly JournalHarness _harness = new();

    public static TheoryData<int> Modes => [(int)JournalMode.Mapped, (int)JournalMode.Written, (int)JournalMode.Memory];

    public void Dispose() => _harness.Dispose();

    [Theory]
    [MemberData(nameof(Modes))]
    public void Read_AfterAppends_ReturnsThemInOrder(int mode)
    {
        using var journal = _harness.Open((JournalMode)mode);
        JournalHarness.Fill(journal, 0, 5000);

        var numbers = JournalHarness.Drain(journal);

        Assert.Equal(Enumerable.Range(0, 5000), numbers);
        Assert.False(journal.HasPending);
        Assert.Equal((JournalMode)mode, journal.GetStatistics().Mode);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Rewind_AfterUnacknowledgedReads_ReturnsThemAgain(int mode)
    {
        using var journal = _harness.Open((JournalMode)mode);
        JournalHarness.Fill(journal, 0, 3000);
        var first = journal.Read(TriggerPriority.Medium, 10, 4096);
        journal.Acknowledge(first);
        JournalHarness.Drain(journal, acknowledge: false);

        journal.Rewind(TriggerPriority.Medium);

        Assert.Equal(Enumerable.Range(10, 2990), JournalHarness.Drain(journal));
        Assert.Equal(0, journal.GetStatistics().Pending);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Read_EmptyPayloadAndLargest_RoundTrip(int mode)
    {
        using var journal = _harness.Open((JournalMode)mode);
        var largest = JournalHarness.Record(1, _harness.Options.MaxRecordBytes);
        journal.TryAppend(TriggerPriority.High, []);
        journal.TryAppend(TriggerPriority.High, largest);

        var batch = journal.Read(TriggerPriority.High, 1, 1);
        var next = journal.Read(TriggerPriority.High, 10, 16);

        Assert.Equal(0, Assert.Single(batch.Records).Length);
        Assert.Equal(largest, Assert.Single(next.Records).ToArray());
    }

    [Fact]
    public void TryAppend_TooLarge_IsDroppedAndCounted()
    {
        using var journal = _harness.Open();

        var result = journal.TryAppend(TriggerPriority.Low, new byte[_harness.Options.MaxRecordBytes + 1]);

        Assert.Equal(JournalAppendResult.DroppedTooLarge, result);
        Assert.Equal(1, journal.GetStatistics().Lanes[(int)TriggerPriority.Low].DroppedTooLarge);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void TryAppend_AfterDispose_IsDroppedClosed(int mode)
    {
        var journal = _harness.Open((JournalMode)mode);
        JournalHarness.Fill(journal, 0, 10);
        var batch = journal.Read(TriggerPriority.Medium, 10, 4096);

        journal.Dispose();

        Assert.Equal(JournalAppendResult.DroppedClosed, journal.TryAppend(TriggerPriority.Medium, JournalHarness.Record(11)));
        Assert.Equal(Enumerable.Range(0, 10), batch.Records.Select(JournalHarness.Number));
        Assert.True(journal.Read(TriggerPriority.Medium, 10, 4096).IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task TryAppend_FromFourThreads_KeepsEachRecordOnceAndEachThreadInOrder(int mode)
    {
        const int Producers = 4;
        const int Each = 20_000;
        using var journal = _harness.Open((JournalMode)mode);
        var token = TestContext.Current.CancellationToken;

        var producers = Enumerable.Range(0, Producers).Select(producer => Task.Run(
            () => JournalHarness.Fill(journal, producer * Each, Each), token)).ToArray();
        var seen = new List<int>[Producers];
        Array.Fill(seen, null!);
        for (var producer = 0; producer < Producers; producer++)
            seen[producer] = new List<int>(Each);

        var all = Task.WhenAll(producers);
        while (!all.IsCompleted || journal.HasPending)
        {
            foreach (var number in JournalHarness.Drain(journal))
                seen[number / Each].Add(number);
        }

        await all;
        Assert.All(Enumerable.Range(0, Producers), producer => Assert.Equal(Enumerable.Range(producer * Each, Each), seen[producer]));
        Assert.Equal(Producers * Each, journal.GetStatistics().Lanes[(int)TriggerPriority.Medium].Accepted);
    }

    [Theory]
    [InlineData((int)JournalMode.Mapped)]
    [InlineData((int)JournalMode.Memory)]
    public void TryAppend_InSteadyState_AllocatesNothing(int mode)
    {
        using var journal = _harness.Open((JournalMode)mode);
        var record = JournalHarness.Record(1);

        Assert.Equal(0, Allocations.OfSteadyState(200, () => journal.TryAppend(TriggerPriority.Medium, record)));
    }

    [Fact]
    public void TryAppend_CriticalBesideOthers_HasALaneOfItsOwn()
    {
        using var journal = _harness.Open();
        JournalHarness.Fill(journal, 0, 10, TriggerPriority.Low);
        JournalHarness.Fill(journal, 100, 3, TriggerPriority.Critical);

        var critical = JournalHarness.Drain(journal, TriggerPriority.Critical);

        Assert.Equal([100, 101, 102], critical);
        Assert.Equal(10, journal.GetStatistics().Lanes[(int)TriggerPriority.Low].Pending);
    }
}
