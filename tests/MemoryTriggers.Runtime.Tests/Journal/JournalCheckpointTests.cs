namespace MemoryTriggers.Tests.Journal;

public sealed class JournalCheckpointTests : IDisposable
{
    private readonly JournalHarness _harness = new();
    private readonly FaultyFile _file = new() { SkipsSyncs = true };

    private string Checkpoint => Path.Combine(_harness.Root, "a", "checkpoint");

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Open_CheckpointLost_ReplaysAllThatWasNotDelivered()
    {
        Acknowledged(50);
        File.Delete(Checkpoint);

        using var journal = _harness.Open();

        Assert.Equal(Enumerable.Range(50, 50), JournalHarness.Drain(journal));
        Assert.Equal((0, 0), (journal.GetStatistics().Torn, journal.GetStatistics().Quarantined));
    }

    [Fact]
    public void Open_CheckpointLostAfterACrash_ReplaysAll()
    {
        using (var crashed = _harness.Open())
        {
            JournalHarness.Fill(crashed, 0, 100);
            crashed.Acknowledge(crashed.Read(TriggerPriority.Medium, 50, 64 * 1024));
            _harness.Crash("a", "b");
        }

        File.Delete(Path.Combine(_harness.Root, "b", "checkpoint"));

        using var journal = _harness.Open(name: "b");

        Assert.Equal(Enumerable.Range(0, 100), JournalHarness.Drain(journal));
    }

    [Fact]
    public void Open_CheckpointStale_ReplaysFromThere()
    {
        Acknowledged(20);
        var stale = File.ReadAllBytes(Checkpoint);
        using (var journal = _harness.Open())
        {
            JournalHarness.Drain(journal);
            _harness.Crash("a", "b");
        }

        File.WriteAllBytes(Path.Combine(_harness.Root, "b", "checkpoint"), stale);

        using var reopened = _harness.Open(name: "b");

        Assert.Equal(Enumerable.Range(20, 80), JournalHarness.Drain(reopened));
    }

    [Fact]
    public void Open_EitherSlotCorrupted_UsesTheOtherOrReplays()
    {
        Acknowledged(50);
        var intact = File.ReadAllBytes(Checkpoint);

        for (var position = 0; position < intact.Length; position += 4)
        {
            var damaged = (byte[])intact.Clone();
            damaged[position] ^= 0x40;
            File.WriteAllBytes(Checkpoint, damaged);
            _harness.Crash("a", "b");
            using var journal = _harness.Open(native: _file, name: "b");

            var numbers = JournalHarness.Drain(journal, acknowledge: false);

            Assert.Equal(Enumerable.Range(100 - numbers.Count, numbers.Count), numbers);
            Assert.InRange(numbers.Count, 50, 100);
        }
    }

    [Fact]
    public void Open_CheckpointIsGarbage_Replays()
    {
        Acknowledged(50);
        File.WriteAllBytes(Checkpoint, [.. Enumerable.Repeat((byte)0xA5, 10_000)]);

        using var journal = _harness.Open();

        Assert.Equal(Enumerable.Range(50, 50), JournalHarness.Drain(journal));
    }

    [Fact]
    public void Open_KilledWhileZeroingAnAcknowledgedSegment_CountsNoDamage()
    {
        using (var journal = _harness.Open())
        {
            JournalHarness.Fill(journal, 0, 2500);
            JournalHarness.Drain(journal);
        }

        var halfZeroed = Enumerable.Repeat((byte)0xB5, _harness.Options.SegmentBytes).ToArray();
        halfZeroed.AsSpan(0, 10_000).Clear();
        File.WriteAllBytes(Path.Combine(_harness.Root, "a", "medium-0000000000000001.segment"), halfZeroed);
        using var reopened = _harness.Open();

        Assert.Empty(JournalHarness.Drain(reopened));
        Assert.Equal(0, reopened.GetStatistics().Quarantined);
        Assert.Empty(_harness.Quarantine());
    }

    private void Acknowledged(int count)
    {
        using var journal = _harness.Open();
        JournalHarness.Fill(journal, 0, 100);
        journal.Acknowledge(journal.Read(TriggerPriority.Medium, count, 64 * 1024));
    }
}
