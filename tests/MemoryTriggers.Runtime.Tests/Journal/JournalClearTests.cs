using MemoryTriggers.Journal;

namespace MemoryTriggers.Tests.Journal;

/// <summary>What was delivered is on disk no longer, when that is asked for and when the journal is closed.</summary>
public sealed class JournalClearTests : IDisposable
{
    private readonly JournalHarness _harness = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dispose_DeliveredRecords_AreOverwrittenAndTheOthersStay(bool isMapped)
    {
        using (var journal = _harness.Open(isMapped ? JournalMode.Mapped : JournalMode.Written))
        {
            JournalHarness.Fill(journal, 0, 100);
            journal.Acknowledge(journal.Read(TriggerPriority.Medium, 50, 64 * 1024));
        }

        Assert.Equal((false, false, true, true), (Has(0), Has(49), Has(50), Has(99)));
        using var reopened = _harness.Open(isMapped ? JournalMode.Mapped : JournalMode.Written);
        Assert.Equal(Enumerable.Range(50, 50), JournalHarness.Drain(reopened));
        Assert.Equal((0, 0), (reopened.GetStatistics().Torn, reopened.GetStatistics().Quarantined));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ClearDelivered_WhileItIsUsed_OverwritesThemAndLosesNothing(bool isMapped)
    {
        using var journal = _harness.Open(isMapped ? JournalMode.Mapped : JournalMode.Written);
        for (var round = 0; round < 20; round++)
        {
            JournalHarness.Fill(journal, round * 100, 100);
            journal.Acknowledge(journal.Read(TriggerPriority.Medium, 60, 64 * 1024));

            await journal.ClearDeliveredAsync(Token);

            Assert.False(Has(round * 60));
            Assert.False(Has((round * 60) + 59));
            Assert.True(Has((round * 60) + 60));
        }

        await journal.SyncAsync(Token);
        Assert.Equal(Enumerable.Range(1_200, 800), JournalHarness.Drain(journal));
        Assert.Equal(0, journal.GetStatistics().Lanes.Sum(static lane => lane.Pending));
    }

    [Fact]
    public async Task ClearDelivered_InAllLanes_ClearsEach()
    {
        using var journal = _harness.Open();
        for (var lane = 0; lane < JournalCheckpoint.Lanes; lane++) JournalHarness.Fill(journal, lane * 10, 10, (TriggerPriority)lane);
        for (var lane = 0; lane < JournalCheckpoint.Lanes; lane++) JournalHarness.Drain(journal, (TriggerPriority)lane);

        await journal.ClearDeliveredAsync(Token);

        Assert.DoesNotContain(Enumerable.Range(0, 40), Has);
    }

    private bool Has(int number) => Directory.GetFiles(_harness.Root, "*.segment", SearchOption.AllDirectories)
        .Any(file => Bytes(file).AsSpan().IndexOf(JournalHarness.Record(number)) >= 0);

    private static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
