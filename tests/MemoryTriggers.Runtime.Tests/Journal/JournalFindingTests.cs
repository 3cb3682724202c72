using MemoryTriggers.Journal;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Disk;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Tests.Journal;

/// <summary>A disk that goes on refusing is tried again twenty times a second; the log is not to tell of it as often.</summary>
public sealed class JournalFindingTests : IDisposable
{
    private const string Folder = "/journal";
    private readonly SimulatedDisk _disk = new(keepsMappedBlocks: false);
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly CaptureJournal _journal;

    public JournalFindingTests() => _journal = CaptureJournal.Open(
        new JournalOptions { Directory = Folder, Disk = _disk, ForcedMode = JournalMode.Written, SegmentBytes = JournalOptions.MinSegmentBytes, HasNoThreads = true },
        new Logger<CaptureJournal>(_loggers),
        TimeProvider.System);

    public void Dispose() => _journal.Dispose();

    [Fact]
    public void Pass_DiskGoesOnRefusing_SaysSoOnceAndHealthAllTheTime()
    {
        _disk.SyncsToFail = int.MaxValue;
        for (var pass = 0; pass < 20; pass++)
        {
            JournalHarness.Fill(_journal, pass, 1);
            _journal.Pass();
        }

        Assert.NotNull(_journal.GetStatistics().DegradedReason);
        Assert.Single(_loggers.Warnings, static line => line.Contains("Journal sync failed", StringComparison.Ordinal));
        Assert.Single(_loggers.Warnings, static line => line.Contains("could not be rewritten", StringComparison.Ordinal));
        _disk.SyncsToFail = 0;
    }

    [Fact]
    public void Pass_DiskRefusesASecondTime_SaysSoAgain()
    {
        for (var time = 0; time < 2; time++)
        {
            JournalHarness.Fill(_journal, time, 1);
            _disk.SyncsToFail = 1;
            for (var pass = 0; pass < 3; pass++) _journal.Pass();
        }

        Assert.Null(_journal.GetStatistics().DegradedReason);
        Assert.Equal(2, _loggers.Warnings.Count(static line => line.Contains("Journal sync failed", StringComparison.Ordinal)));
        Assert.Equal([0, 1], JournalHarness.Drain(_journal));
    }
}
