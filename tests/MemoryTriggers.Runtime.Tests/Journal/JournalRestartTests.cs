using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Journal;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Disk;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Tests.Journal;

/// <summary>What the simulation of <c>eng/soak.sh</c> found, each as a test of its own on a simulated disk.</summary>
public sealed class JournalRestartTests
{
    private const string Folder = "/journal";
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Modes => [(int)JournalMode.Mapped, (int)JournalMode.Written];

    [Theory]
    [MemberData(nameof(Modes))]
    public void Open_TornTailAndNoRoomForACopyOfIt_KeepsTheWholeRecords(int mode)
    {
        var disk = Disk(mode);
        using (var journal = Open(disk, mode)) JournalHarness.Fill(journal, 0, 10);
        using (var segment = disk.Open(disk.Files(Folder, ".segment").Single(), FileMode.Open))
        {
            var whole = SegmentHeader.Bytes + (10 * JournalFrame.SizeOf(24));
            segment.Write([0x18, 0, 0, 0x80, 1, 2, 3, 4, 5], whole);
        }

        disk.Capacity = 0;
        using var reopened = Open(disk, mode);

        Assert.Equal(Enumerable.Range(0, 10), JournalHarness.Drain(reopened));
        Assert.Equal(1, reopened.GetStatistics().Torn);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void TryAppend_SegmentThatCouldNotBeRead_IsNotOverwritten(int mode)
    {
        var disk = Disk(mode);
        using (var journal = Open(disk, mode)) JournalHarness.Fill(journal, 0, 10);
        disk.ReadsToFail = 1;

        using (var blind = Open(disk, mode)) JournalHarness.Fill(blind, 10, 10);
        using var reopened = Open(disk, mode);

        Assert.Equal(Enumerable.Range(0, 20), JournalHarness.Drain(reopened));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task SyncAsync_AfterAProcessThatDiedOfAFailedSync_SurvivesTheLossOfPower(int mode)
    {
        var disk = Disk(mode);
        var journal = Open(disk, mode);
        journal.DescribeTrigger(7, "{}"u8);
        JournalHarness.Fill(journal, 0, 10);
        disk.SyncsToFail = 10;
        var failed = journal.SyncAsync(Token).AsTask();
        journal.Pass();
        await Assert.ThrowsAsync<JournalSyncException>(() => failed);
        disk.End();

        disk = disk.AfterKill();
        journal = Open(disk, mode);
        var synced = journal.SyncAsync(Token).AsTask();
        journal.Pass();
        await synced;
        disk.End();
        using var reopened = Open(disk.AfterPowerLoss(new Random(1)), mode);

        Assert.Equal(Enumerable.Range(0, 10), JournalHarness.Drain(reopened));
        Assert.True(reopened.TryGetDefinition(7, out _));
    }

    [Fact]
    public void Dispose_DiskRefusesToDelete_GivesTheFolderFree()
    {
        var disk = Disk((int)JournalMode.Mapped);
        var journal = Open(disk, (int)JournalMode.Mapped);
        JournalHarness.Fill(journal, 0, 4_000);
        JournalHarness.Drain(journal);
        journal.Pass();
        disk.RefusesToDelete = true;

        journal.Dispose();

        Assert.NotNull(journal.GetStatistics().DegradedReason);
        disk.RefusesToDelete = false;
        using var reopened = Open(disk, (int)JournalMode.Mapped);
        Assert.Equal(0, reopened.GetStatistics().Pending);
    }

    [Fact]
    public void DeadLetters_OfTwoLivesAtTheSameMoment_AreBothKept()
    {
        var disk = Disk((int)JournalMode.Written);
        var clock = new ManualTimeProvider();
        foreach (var reason in new[] { "first", "second" })
            new DeadLetterStore("/letters/dead-letters.dat", clock, NullLogger<DeadLetterStore>.Instance, disk).Add([1, 2, 3], reason);

        var letters = new DeadLetterStore("/letters/dead-letters.dat", clock, NullLogger<DeadLetterStore>.Instance, disk).List();

        Assert.Equal(["first", "second"], letters.Select(static letter => letter.Reason).Order());
    }

    private static SimulatedDisk Disk(int mode) => new(keepsMappedBlocks: mode == (int)JournalMode.Mapped);

    private static CaptureJournal Open(SimulatedDisk disk, int mode) => CaptureJournal.Open(
        new JournalOptions
        {
            Directory = Folder, Disk = disk, ForcedMode = (JournalMode)mode, SegmentBytes = JournalOptions.MinSegmentBytes, HasNoThreads = true,
        },
        NullLogger<CaptureJournal>.Instance,
        TimeProvider.System);
}
