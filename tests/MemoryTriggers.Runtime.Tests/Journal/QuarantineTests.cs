using MemoryTriggers.Journal;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Disk;

namespace MemoryTriggers.Tests.Journal;

/// <summary>What cannot be read is kept, but not without bounds.</summary>
public sealed class QuarantineTests
{
    private const string Folder = "/journal";
    private const string Kept = $"{Folder}/quarantine";

    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly SimulatedDisk _disk;

    public QuarantineTests() => _disk = new SimulatedDisk(keepsMappedBlocks: false) { Time = _time };

    [Fact]
    public void Prune_TooMuch_RemovesTheOldestUntilTheRestFits()
    {
        foreach (var name in (string[])["c", "a", "b", "d"])
        {
            Add(name, 400);
            _time.Advance(TimeSpan.FromHours(1));
        }

        var quarantine = Pruned(new JournalOptions { QuarantineBytes = 1_000 });

        Assert.Equal([$"{Kept}/b", $"{Kept}/d"], _disk.Files(Kept, ""));
        Assert.Equal((2, 800L, 2), (quarantine.Files, quarantine.Bytes, quarantine.Removed));
        Assert.Single(_loggers.Warnings, static line => line.Contains("2 files of 800 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public void Prune_TooOld_RemovesIt()
    {
        Add("old", 10);
        _time.Advance(TimeSpan.FromDays(2));
        Add("young", 10);
        _time.Advance(TimeSpan.FromDays(29));

        var quarantine = Pruned(new JournalOptions());

        Assert.Equal([$"{Kept}/young"], _disk.Files(Kept, ""));
        Assert.Equal(1, quarantine.Removed);
    }

    [Fact]
    public void Prune_WithinItsBounds_RemovesNothingAndSaysNothing()
    {
        Add("a", 10);

        var quarantine = Pruned(new JournalOptions());

        Assert.Equal((1, 10L, 0), (quarantine.Files, quarantine.Bytes, quarantine.Removed));
        Assert.Empty(_loggers.Warnings);
    }

    [Fact]
    public void Prune_DiskRefusesToDelete_GoesOn()
    {
        Add("a", 10);
        _disk.RefusesToDelete = true;

        var quarantine = Pruned(new JournalOptions { QuarantineBytes = 0 });

        Assert.Equal((1, 0), (quarantine.Files, quarantine.Removed));
        Assert.Single(_loggers.Warnings);
    }

    [Fact]
    public void Open_DamagedSegmentsAgainAndAgain_StaysWithinTheBound()
    {
        for (var start = 0; start < 10; start++)
        {
            using (var segment = _disk.Open($"{Folder}/normal-{start + 1_000:x16}.segment", FileMode.Create)) segment.Write(Enumerable.Repeat((byte)7, JournalOptions.MinSegmentBytes).ToArray(), 0);
            _time.Advance(TimeSpan.FromMinutes(1));
            using var journal = Open();
        }

        using var last = Open();

        var statistics = last.GetStatistics();
        Assert.Equal((3, 3L * JournalOptions.MinSegmentBytes, 0), (statistics.QuarantineFiles, statistics.QuarantineBytes, statistics.QuarantineRemoved));
    }

    private CaptureJournal Open() => CaptureJournal.Open(
        new JournalOptions
        {
            Directory = Folder, Disk = _disk, ForcedMode = JournalMode.Written, SegmentBytes = JournalOptions.MinSegmentBytes, HasNoThreads = true,
            QuarantineBytes = (3 * JournalOptions.MinSegmentBytes) + 100,
        },
        new Microsoft.Extensions.Logging.Logger<CaptureJournal>(_loggers),
        _time);

    private void Add(string name, int bytes)
    {
        _disk.CreateDirectory(Kept);
        using var file = _disk.Open($"{Kept}/{name}", FileMode.Create);
        file.Write(new byte[bytes], 0);
    }

    private Quarantine Pruned(JournalOptions options)
    {
        var quarantine = new Quarantine(Folder, options, _disk, _time, _loggers);
        quarantine.Prune();
        return quarantine;
    }
}
