using MemoryTriggers.Journal;

namespace MemoryTriggers.Tests.Journal;

/// <summary>Files of other journals, and files that are missing, empty or cut: nothing intact is lost, and what is lost is reported.</summary>
public sealed class JournalIdentityTests : IDisposable
{
    private readonly JournalHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData(nameof(JournalMode.Mapped))]
    [InlineData(nameof(JournalMode.Written))]
    public void Open_CheckpointOfAnotherJournal_IsIgnoredAndReported(string name)
    {
        var mode = Enum.Parse<JournalMode>(name);
        using (var other = _harness.Open(mode, name: "other"))
        {
            JournalHarness.Fill(other, 0, 9_000);
            JournalHarness.Drain(other);
        }

        using (var journal = _harness.Open(mode)) JournalHarness.Fill(journal, 0, 3_000);
        File.Copy(PathOf("other", "checkpoint"), PathOf("a", "checkpoint"), overwrite: true);

        using (var reopened = _harness.Open(mode)) Assert.Equal(Enumerable.Range(0, 3_000), JournalHarness.Drain(reopened));

        Assert.Contains("belongs to another journal", Assert.Single(_harness.Problems.Open()).Text, StringComparison.Ordinal);
        using var again = _harness.Open(mode);
        Assert.Empty(JournalHarness.Drain(again));
        Assert.Single(_harness.Problems.Open());
    }

    [Fact]
    public void Open_SegmentOfAnotherJournalBesideItsOwn_ReadsBoth()
    {
        using (var other = _harness.Open(name: "other")) JournalHarness.Fill(other, 5_000, 100, TriggerPriority.High);
        using (var journal = _harness.Open())
        {
            JournalHarness.Fill(journal, 0, 100);
            JournalHarness.Drain(journal);
            JournalHarness.Fill(journal, 100, 100);
        }

        File.Copy(_harness.SegmentFile("other"), PathOf("a", Path.GetFileName(_harness.SegmentFile("other"))));

        using var reopened = _harness.Open();
        Assert.Equal(Enumerable.Range(5_000, 100), JournalHarness.Drain(reopened, TriggerPriority.High));
        // What was acknowledged may be cleared already.
        Assert.Equal(Enumerable.Range(100, 100), JournalHarness.Drain(reopened).Where(static number => number >= 100));
    }

    [Fact]
    public void Open_AfterAnOrdinaryLife_ReportsNothing()
    {
        for (var life = 0; life < 5; life++)
        {
            using var journal = _harness.Open();
            JournalHarness.Fill(journal, 0, 5_000);
            if (life % 2 == 0) JournalHarness.Drain(journal);
        }

        Assert.Empty(_harness.Problems.Open());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Open_ASegmentIsMissing_ReportsTheGapAndReadsTheRest(int missing)
    {
        using (var journal = _harness.Open()) JournalHarness.Fill(journal, 0, 7_000);
        File.Delete(Segments()[missing]);

        using var reopened = _harness.Open();
        var read = JournalHarness.Drain(reopened);

        Assert.InRange(read.Count, 3_000, 6_999);
        Assert.Contains("are missing", Assert.Single(_harness.Problems.Open()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TheFirstPendingSegmentIsMissing_IsReported()
    {
        using (var journal = _harness.Open())
        {
            JournalHarness.Fill(journal, 0, 5_000);
            var batch = journal.Read(TriggerPriority.Medium, 10, 64 * 1024);
            journal.Acknowledge(batch);
            batch.Return();
        }

        File.Delete(Segments()[0]);
        using var reopened = _harness.Open();

        Assert.Contains("are missing", Assert.Single(_harness.Problems.Open()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5_000)]
    [InlineData(60_000)]
    public void Open_ASegmentIsCut_ReportsIt(int length)
    {
        using (var journal = _harness.Open()) JournalHarness.Fill(journal, 0, 3_000);
        using (var file = new FileStream(Segments()[0], FileMode.Open)) file.SetLength(length);

        using var reopened = _harness.Open();
        var read = JournalHarness.Drain(reopened);

        Assert.True(read.Count < 3_000);
        Assert.NotEmpty(_harness.Problems.Open());
    }

    [Theory]
    [InlineData(5_000, true)]
    [InlineData(-1, false)]
    public void Open_ARecordIsDamaged_IsReportedUnlessItIsTheLast(int place, bool isReported)
    {
        using (var journal = _harness.Open()) JournalHarness.Fill(journal, 0, 500);
        var bytes = File.ReadAllBytes(Segments()[0]);
        bytes[place < 0 ? bytes.AsSpan().LastIndexOfAnyExcept((byte)0) : place] ^= 1;
        File.WriteAllBytes(Segments()[0], bytes);

        using var reopened = _harness.Open();

        Assert.Equal(499, JournalHarness.Drain(reopened).Count);
        Assert.Equal(isReported, _harness.Problems.Open().Any(static problem => problem.Text.Contains("quarantine", StringComparison.Ordinal)));
    }

    [Fact]
    public void Find_Gaps_AreThoseAfterWhatIsAcknowledged()
    {
        Assert.Empty(SegmentGaps.Find([], 0));
        Assert.Empty(SegmentGaps.Find([3, 4, 5], 0));
        Assert.Empty(SegmentGaps.Find([1, 3, 4, 5], 3));
        Assert.Equal([(4UL, 4UL), (6UL, 8UL)], SegmentGaps.Find([9, 3, 5], 3));
        Assert.Equal([(3UL, 3UL)], SegmentGaps.Find([], 3));
    }

    private string PathOf(string name, string file) => Path.Combine(_harness.Root, name, file);

    private string[] Segments() => [.. Directory.GetFiles(Path.Combine(_harness.Root, "a"), "medium*.segment").Order(StringComparer.Ordinal)];
}
