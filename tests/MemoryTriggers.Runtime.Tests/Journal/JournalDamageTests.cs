using MemoryTriggers.Journal;

namespace MemoryTriggers.Tests.Journal;

public sealed class JournalDamageTests : IDisposable
{
    private const int Records = 12;
    private const int FrameBytes = 32;
    private const int First = SegmentHeader.Bytes;
    private const int LastTwo = First + ((Records - 2) * FrameBytes);
    private const int End = First + (Records * FrameBytes);

    private readonly JournalHarness _harness = new();
    private readonly FaultyFile _file = new() { SkipsSyncs = true };

    public static TheoryData<int> Modes => [(int)JournalMode.Mapped, (int)JournalMode.Written];

    public void Dispose() => _harness.Dispose();

    [Theory]
    [MemberData(nameof(Modes))]
    public void Open_CutAtEveryByteOfTheLastTwoFrames_KeepsTheOthers(int mode)
    {
        var intact = Filled((JournalMode)mode);

        for (var length = LastTwo; length < End; length++)
            Recover((JournalMode)mode, intact[..length], expected: length < LastTwo + FrameBytes ? Records - 2 : Records - 1);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Open_ZeroedFromEveryByteOfTheLastTwoFrames_KeepsTheOthers(int mode)
    {
        var intact = Filled((JournalMode)mode);

        for (var from = LastTwo; from < End; from++)
        {
            var damaged = (byte[])intact.Clone();
            damaged.AsSpan(from).Clear();

            Recover((JournalMode)mode, damaged, expected: from < LastTwo + FrameBytes ? Records - 2 : Records - 1);
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Open_EachBitOfTheLastTwoFramesFlipped_LosesThatFrameOnly(int mode)
    {
        var intact = Filled((JournalMode)mode);

        for (var bit = LastTwo * 8; bit < End * 8; bit++)
        {
            var damaged = (byte[])intact.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var lost = ((bit / 8) - First) / FrameBytes;

            var statistics = Recover((JournalMode)mode, damaged, Enumerable.Range(0, Records).Where(number => number != lost));

            Assert.Equal(1, statistics.Torn);
            Assert.NotEmpty(_harness.Quarantine());
        }
    }

    [Fact]
    public void Open_HoleBetweenFrames_IsSkippedAndAppendingGoesOn()
    {
        var damaged = Filled(JournalMode.Mapped);
        damaged.AsSpan(First + (3 * FrameBytes), FrameBytes).Clear();
        damaged.AsSpan(First + (5 * FrameBytes), 4).Clear();
        File.WriteAllBytes(_harness.SegmentFile(), damaged);

        using var journal = _harness.Open();
        JournalHarness.Fill(journal, Records, 5);

        Assert.Equal(Enumerable.Range(0, Records + 5).Except([3, 5]), JournalHarness.Drain(journal));
        Assert.Equal(2, journal.GetStatistics().Torn);
        Assert.Equal(0, journal.GetStatistics().Pending);
    }

    [Fact]
    public void Open_FirstHeaderCopyDamaged_UsesTheSecond()
    {
        var damaged = Filled(JournalMode.Mapped);
        damaged.AsSpan(0, 512).Clear();

        var statistics = Recover(JournalMode.Mapped, damaged, expected: Records);

        Assert.Equal(0, statistics.Quarantined);
    }

    [Fact]
    public void Open_BothHeaderCopiesDamaged_QuarantinesTheFileAndDrainsLaterOnes()
    {
        using (var journal = _harness.Open())
            JournalHarness.Fill(journal, 0, 5000);
        var first = Directory.GetFiles(Path.Combine(_harness.Root, "a"), "*.segment").Order().First();
        var bytes = File.ReadAllBytes(first);
        bytes.AsSpan(0, SegmentHeader.Bytes).Fill(0xFF);
        File.WriteAllBytes(first, bytes);

        using var reopened = _harness.Open();
        var numbers = JournalHarness.Drain(reopened);

        var perSegment = (_harness.Options.SegmentBytes - SegmentHeader.Bytes) / FrameBytes;
        Assert.Equal(Enumerable.Range(perSegment, 5000 - perSegment), numbers);
        Assert.Equal(1, reopened.GetStatistics().Quarantined);
        Assert.Equal(Path.GetFileName(first), Path.GetFileName(Assert.Single(_harness.Quarantine())));
    }

    [Fact]
    public void Open_FramesOfAnotherNonce_AreNotRead()
    {
        var other = Filled(JournalMode.Mapped, "b");
        var mixed = Filled(JournalMode.Mapped);
        other.AsSpan(LastTwo, FrameBytes).CopyTo(mixed.AsSpan(LastTwo));

        Recover(JournalMode.Mapped, mixed, Enumerable.Range(0, Records).Where(number => number != Records - 2));
    }

    [Fact]
    public void Open_RandomBytesInPlaceOfTheSegment_AlwaysStarts()
    {
        var intact = Filled(JournalMode.Mapped);
        var random = new Random(20261120);

        for (var run = 0; run < 50; run++)
        {
            var damaged = (byte[])intact.Clone();
            random.NextBytes(damaged.AsSpan(First + (2 * FrameBytes), random.Next(1, damaged.Length - First - (2 * FrameBytes))));

            var numbers = Drained(JournalMode.Mapped, damaged, out _);

            Assert.Equal([0, 1], numbers.Take(2));
            Assert.True(numbers.Count <= Records);
        }
    }

    private byte[] Filled(JournalMode mode, string name = "a")
    {
        using (var journal = _harness.Open(mode, name: name))
            JournalHarness.Fill(journal, 0, Records);

        var bytes = File.ReadAllBytes(_harness.SegmentFile(name));
        Assert.Equal(_harness.Options.SegmentBytes, bytes.Length);

        return bytes;
    }

    private JournalStatistics Recover(JournalMode mode, byte[] segment, int expected) =>
        Recover(mode, segment, Enumerable.Range(0, expected));

    private JournalStatistics Recover(JournalMode mode, byte[] segment, IEnumerable<int> expected)
    {
        Assert.Equal(expected, Drained(mode, segment, out var statistics));
        Assert.Equal(0, statistics.Pending);

        return statistics;
    }

    private List<int> Drained(JournalMode mode, byte[] segment, out JournalStatistics statistics)
    {
        var directory = Path.Combine(_harness.Root, "a");
        Directory.Delete(directory, recursive: true);
        Directory.CreateDirectory(directory);
        File.WriteAllBytes(Path.Combine(directory, "medium-0000000000000001.segment"), segment);

        using var journal = _harness.Open(mode, _file);
        var numbers = JournalHarness.Drain(journal);
        statistics = journal.GetStatistics();

        return numbers;
    }
}
