using System.Reflection;

namespace MemoryTriggers.Capture;

/// <summary>A sink implements what it does, and is asked for nothing else.</summary>
public sealed class AttachedSinkTests
{
    private static readonly TriggerDescriptor Synced = TriggerHub.Describe(
        new TriggerDefinition { Type = TriggerType.WorkflowCompletion, Operation = "attached", Durability = MemoryDurability.Synced });

    [Fact]
    public void Sink_ThatOnlyTakesRecords_GetsThoseOfEveryTrigger()
    {
        var sink = new Records();
        TriggerHub.Attach(sink);
        try
        {
            TriggerHub.AskAgain(sink);
            Assert.Null(TriggerHub.Recall(new InvalidOperationException(), null));
            TriggerHub.Announce(typeof(AttachedSinkTests).Assembly, isWoven: true);
            TriggerHub.End(TriggerHub.Begin(Synced)!);
        }
        finally
        {
            TriggerHub.Detach(sink);
        }

        Assert.Equal(1, sink.Count);
        Assert.False(TriggerHub.IsEnabled(Synced));
    }

    [Fact]
    public void Sink_ThatDoesMore_IsAskedForIt()
    {
        var sink = new Everything();
        TriggerHub.Attach(sink);
        try
        {
            Assert.Contains(Synced, sink.Known);
            Assert.True(TriggerHub.IsEnabled(Synced));
            Assert.Same(sink.Error, TriggerHub.Recall(new InvalidOperationException(), null));
            TriggerHub.End(TriggerHub.Begin(Synced)!);
            sink.IsRefusing = true;
            TriggerHub.AskAgain(sink);
            Assert.False(TriggerHub.IsEnabled(Synced));
        }
        finally
        {
            TriggerHub.Detach(sink);
        }

        Assert.Equal((1, 1), (sink.Count, sink.Syncs));
    }

    [Fact]
    public void Detach_SinkThatWasNotAttached_ChangesNothing()
    {
        var sink = new Records();
        TriggerHub.Attach(sink);
        try
        {
            TriggerHub.Detach(new Records());
            Assert.True(TriggerHub.IsEnabled(Synced));
        }
        finally
        {
            TriggerHub.Detach(sink);
        }
    }

    [Fact]
    public void Execution_ThatEndsAfterTheDetachment_IsReportedToTheLastSink()
    {
        var sink = new Everything();
        TriggerHub.Attach(sink);
        var record = TriggerHub.Begin(Synced)!;
        TriggerHub.Detach(sink);

        TriggerHub.End(record);

        Assert.Equal((0, 1), (sink.Count, sink.Late));
    }

    private class Records : ICaptureSink
    {
        public int Count { get; private set; }

        public void Accept(TriggerPriority lane, ReadOnlySpan<byte> record) => Count++;
    }

    private sealed class Everything : Records, ITriggerRegistry, ITriggerReports, IKnownErrors, IDurableSink
    {
        public List<TriggerDescriptor> Known { get; } = [];

        public RecalledError Error { get; } = new(ErrorFingerprint.Of(new InvalidOperationException()), 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, []);

        public bool IsRefusing { get; set; }

        public int Syncs { get; private set; }

        public void Register(TriggerDescriptor descriptor) => Known.Add(descriptor);

        public bool Wants(TriggerDescriptor descriptor) => !IsRefusing;

        public void ReportUnwoven(Assembly assembly)
        {
        }

        public void ReportReloaded(Type type)
        {
        }

        public int Late { get; private set; }

        public void ReportLate() => Late++;

        public RecalledError Recall(Exception exception, string? project) => Error;

        public void Sync() => Syncs++;
    }
}
