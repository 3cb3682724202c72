using MemoryTriggers.Capture;
using MemoryTriggers.Delivery;
using MemoryTriggers.Journal;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Journal;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>A call whose trigger asks for it returns when its record is forced to disk, or when the bound is reached.</summary>
[Collection(nameof(ProcessWide))]
public sealed class DurabilityTests : IDisposable
{
    private readonly JournalHarness _harness = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly TriggerDescriptor _synced =
        TriggerHub.Describe(new TriggerDefinition { Type = TriggerType.WorkflowCompletion, Operation = "synced", Durability = MemoryDurability.Synced });

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Call_ThatAsksToBeSynced_ReturnsWhenItsRecordIsOnDisk()
    {
        // Nothing is synced by itself for a minute.
        _harness.Options.SyncInterval = TimeSpan.FromMinutes(1);
        using var journal = _harness.Open();
        var sink = Sink(journal, TimeSpan.FromSeconds(10));
        TriggerHub.Attach(sink);
        try
        {
            var before = journal.GetStatistics().Syncs;
            TriggerHub.End(TriggerHub.Begin(_synced)!);
            Assert.True(journal.GetStatistics().Syncs > before);

            before = journal.GetStatistics().Syncs;
            using (TriggerScope.Workflow("scope").Synced())
            {
            }

            Assert.True(journal.GetStatistics().Syncs > before);
            Assert.Equal(0, sink.Unsynced);
        }
        finally
        {
            TriggerHub.Detach(sink);
        }
    }

    [Fact]
    public void Call_WhileTheDiskRefuses_ReturnsAndIsCounted()
    {
        var disk = new FaultyFile();
        disk.FailNextSyncs(int.MaxValue);
        using var journal = _harness.Open(native: disk);
        var sink = Sink(journal, TimeSpan.FromSeconds(10));
        TriggerHub.Attach(sink);
        try
        {
            TriggerHub.End(TriggerHub.Begin(_synced)!);
            TriggerHub.End(TriggerHub.Begin(_synced)!);
        }
        finally
        {
            TriggerHub.Detach(sink);
        }

        Assert.Equal(2, sink.Unsynced);
        Assert.Equal(2, journal.GetStatistics().Pending);
        Assert.Single(_loggers.Warnings, static line => line.Contains("forced to disk", StringComparison.Ordinal));
    }

    private JournalCaptureSink Sink(CaptureJournal journal, TimeSpan wait) =>
        new(journal, new PumpSignal(TimeProvider.System), new TriggerLimits([]), new ProvisionalRecords(TimeProvider.System), wait, _loggers.CreateLogger<JournalCaptureSink>());
}
