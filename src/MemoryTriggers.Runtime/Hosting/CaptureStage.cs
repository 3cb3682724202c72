using MemoryTriggers.Capture;
using MemoryTriggers.Delivery;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>Capture: from the triggers of the process, and from the program itself, into the journal.</summary>
internal sealed class CaptureStage(
    JournalCaptureSink sink, CaptureTarget target, ProvisionalRecords provisional, string root, TimeProvider time, ILogger logger) : IStage
{
    private int _hasCollected;

    public string Name => "capture";

    /// <summary>How many calls that asked to be synced returned without it.</summary>
    public long Unsynced => sink.Unsynced;

    /// <summary>Turns the triggers of the process on.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (TriggerHub.IsAttached) Log.StartedTwice(logger, root);
        // From here on the pump renews it; the first record does not wait for that.
        CaptureClock.Calibrate(time);
        TriggerHub.Attach(sink, target);
        return Task.CompletedTask;
    }

    /// <summary>Takes a record that did not come through the hub.</summary>
    public bool Collect(CaptureRecord record)
    {
        if (Interlocked.Exchange(ref _hasCollected, 1) == 0) sink.Register(record.Descriptor);
        return sink.Wants(record.Descriptor) && sink.TryAccept(record.Priority, record.ToBytes());
    }

    /// <summary>Other triggers may be wanted now.</summary>
    public void Change() => TriggerHub.AskAgain(sink);

    public Task StopAsync(CancellationToken deadline)
    {
        TriggerHub.Detach(sink);
        provisional.SettleAll();
        return Task.CompletedTask;
    }
}
