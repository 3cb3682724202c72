using MemoryTriggers.Journal;

namespace MemoryTriggers.Tests.Journal;

public sealed class JournalCapacityTests : IDisposable
{
    private readonly JournalHarness _harness = new()
    {
        Options = new JournalOptions
        {
            SegmentBytes = 64 * 1024,
            MaxBytes = 256 * 1024,
            MaxRecordBytes = 16 * 1024,
            SyncInterval = TimeSpan.FromMilliseconds(1),
        },
    };

    public static TheoryData<int> Modes => [(int)JournalMode.Mapped, (int)JournalMode.Written, (int)JournalMode.Memory];

    public void Dispose() => _harness.Dispose();

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task TryAppend_FullJournal_DropsAndResumesAfterAcknowledge(int mode)
    {
        using var journal = _harness.Open((JournalMode)mode);
        var accepted = 0;
        while (journal.TryAppend(TriggerPriority.Medium, JournalHarness.Record(accepted)) == JournalAppendResult.Accepted)
            accepted++;

        var result = journal.TryAppend(TriggerPriority.Medium, JournalHarness.Record(0));
        var numbers = JournalHarness.Drain(journal);
        await journal.SyncAsync(TestContext.Current.CancellationToken);
        JournalHarness.Fill(journal, accepted, 100);

        Assert.Equal(JournalAppendResult.DroppedFull, result);
        Assert.Equal(Enumerable.Range(0, accepted), numbers);
        Assert.Equal(4 * ((64 * 1024) - SegmentHeader.Bytes) / 32, accepted);
        Assert.Equal(2, journal.GetStatistics().Lanes[(int)TriggerPriority.Medium].DroppedFull);
        Assert.Equal(Enumerable.Range(accepted, 100), JournalHarness.Drain(journal));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task TryAppend_ManyTimesTheCapacity_RecyclesSegments(int mode)
    {
        using var journal = _harness.Open((JournalMode)mode);
        var expected = 0;

        for (var round = 0; round < 40; round++)
        {
            JournalHarness.Fill(journal, round * 3000, 3000);
            foreach (var number in JournalHarness.Drain(journal))
                Assert.Equal(expected++, number);

            await journal.SyncAsync(TestContext.Current.CancellationToken);
        }

        var statistics = journal.GetStatistics();
        Assert.Equal(40 * 3000, expected);
        Assert.InRange(statistics.AllocatedBytes, 1, _harness.Options.MaxBytes);
        Assert.Equal(0, statistics.Pending);
        Assert.Equal(0, statistics.Lanes[(int)TriggerPriority.Medium].PendingBytes);
    }

    [Fact]
    public async Task Open_AfterRecyclingAndCrash_ReadsNoStaleRecord()
    {
        using var journal = _harness.Open();
        for (var round = 0; round < 10; round++)
        {
            JournalHarness.Fill(journal, round * 3000, 3000);
            JournalHarness.Drain(journal);
            await journal.SyncAsync(TestContext.Current.CancellationToken);
        }

        JournalHarness.Fill(journal, 30_000, 500);
        _harness.Crash("a", "b");
        using var reopened = _harness.Open(name: "b");

        Assert.Equal(Enumerable.Range(30_000, 500), JournalHarness.Drain(reopened));
        Assert.Equal(0, reopened.GetStatistics().Quarantined);
    }

    [Fact]
    public void TryAppend_LowLaneFillsTheJournal_LeavesRoomForCritical()
    {
        _harness.Options.MaxBytes = 16 * 64 * 1024;
        using var journal = _harness.Open();
        while (journal.TryAppend(TriggerPriority.Low, JournalHarness.Record(0, 1000)) == JournalAppendResult.Accepted)
            continue;

        var result = journal.TryAppend(TriggerPriority.Critical, JournalHarness.Record(1));

        Assert.Equal(JournalAppendResult.Accepted, result);
    }
}
