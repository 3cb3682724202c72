using MemoryTriggers.Journal;

namespace MemoryTriggers.Tests.Journal;

public sealed class JournalFaultTests : IDisposable
{
    private readonly JournalHarness _harness = new();
    private readonly FaultyFile _file = new();

    public static TheoryData<int> Modes => [(int)JournalMode.Mapped, (int)JournalMode.Written];

    public void Dispose() => _harness.Dispose();

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task SyncAsync_DiskFailsForAWhile_ReportsItAndRewritesElsewhere(int mode)
    {
        var token = TestContext.Current.CancellationToken;
        _harness.Options.SyncInterval = TimeSpan.FromMinutes(1);
        using var journal = _harness.Open((JournalMode)mode, _file);
        JournalHarness.Fill(journal, 0, 100);
        journal.Acknowledge(journal.Read(TriggerPriority.Medium, 10, 64 * 1024));
        _file.FailNextSyncs(int.MaxValue);

        await Assert.ThrowsAsync<JournalSyncException>(async () => await journal.SyncAsync(token));
        var degraded = journal.GetStatistics();
        _file.FailNextSyncs(0);
        JournalHarness.Fill(journal, 100, 50);
        await journal.SyncAsync(token);

        Assert.InRange(degraded.SyncFailures, 1, int.MaxValue);
        Assert.NotNull(degraded.DegradedReason);
        Assert.Null(journal.GetStatistics().DegradedReason);
        _harness.Crash("a", "b");
        Assert.Equal(Enumerable.Range(10, 140), JournalHarness.Drain(journal));
        Assert.Equal(0, journal.GetStatistics().Pending);
        using var reopened = _harness.Open((JournalMode)mode, name: "b");
        Assert.Equal(Enumerable.Range(10, 140), JournalHarness.Drain(reopened));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task SyncAsync_DiskTakesItsTime_AppendsDoNotWaitAndNothingIsConfirmed(int mode)
    {
        var token = TestContext.Current.CancellationToken;
        using var journal = _harness.Open((JournalMode)mode, _file);
        _file.SyncsMayReturn.Reset();
        JournalHarness.Fill(journal, 0, 10);

        var synced = journal.SyncAsync(token).AsTask();
        JournalHarness.Fill(journal, 10, 4_000);

        Assert.False(synced.IsCompleted);
        Assert.Equal(Enumerable.Range(0, 4_010), JournalHarness.Drain(journal, acknowledge: false));
        _file.SyncsMayReturn.Set();
        await synced;
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task SyncAsync_DiskKeepsFailing_LosesNothingThatCanBeRead(int mode)
    {
        var token = TestContext.Current.CancellationToken;
        using var journal = _harness.Open((JournalMode)mode, _file);
        JournalHarness.Fill(journal, 0, 100);
        _file.FailNextSyncs(int.MaxValue);

        for (var attempt = 0; attempt < 5; attempt++)
            await Assert.ThrowsAsync<JournalSyncException>(async () => await journal.SyncAsync(token));

        JournalHarness.Fill(journal, 100, 100);
        Assert.Equal(Enumerable.Range(0, 200), JournalHarness.Drain(journal));
        _file.FailNextSyncs(0);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task TryAppend_DiskFull_DropsAndResumes(int mode)
    {
        var token = TestContext.Current.CancellationToken;
        using var journal = _harness.Open((JournalMode)mode, _file);
        JournalHarness.Fill(journal, 0, 10);
        await journal.SyncAsync(token);
        _file.DiskIsFull = true;

        var dropped = journal.TryAppend(TriggerPriority.High, JournalHarness.Record(0));
        var again = journal.TryAppend(TriggerPriority.High, JournalHarness.Record(0));
        _file.DiskIsFull = false;
        await journal.SyncAsync(token);
        JournalHarness.Fill(journal, 5, 10, TriggerPriority.High);

        Assert.Equal(JournalAppendResult.DroppedFailed, dropped);
        Assert.Equal(JournalAppendResult.DroppedFailed, again);
        Assert.Equal(2, journal.GetStatistics().Lanes[(int)TriggerPriority.High].DroppedFailed);
        Assert.Equal(Enumerable.Range(5, 10), JournalHarness.Drain(journal, TriggerPriority.High));
        Assert.Equal(Enumerable.Range(0, 10), JournalHarness.Drain(journal));
    }

    [Fact]
    public async Task TryAppend_Critical_IsSyncedWithoutWaitingForTheInterval()
    {
        _harness.Options.SyncInterval = TimeSpan.FromMinutes(1);
        using var journal = _harness.Open(JournalMode.Mapped, _file);
        JournalHarness.Fill(journal, 0, 1, TriggerPriority.Critical);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        while (journal.GetStatistics().Syncs == 0)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.InRange(_file.Syncs, 1, 10);
    }

    [Fact]
    public void Open_FolderIsNew_ForcesItsNameAndThoseAboveItToDisk()
    {
        using (_harness.Open(native: _file, name: "data/journal/0"))
        {
            Assert.Equal([_harness.Root, Above("data"), Above("data/journal"), Above("data/journal/0")], _file.SyncedDirectories.Distinct());
        }

        // A process that was killed between the two may have left a folder whose name was not forced.
        var again = new FaultyFile();
        using (_harness.Open(native: again, name: "data/journal/0"))
        {
            Assert.Contains(Above("data/journal"), again.SyncedDirectories);
        }

        string Above(string name) => Path.Combine(_harness.Root, name);
    }
}
