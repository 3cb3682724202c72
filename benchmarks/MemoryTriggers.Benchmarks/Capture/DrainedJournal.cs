using MemoryTriggers.Capture;
using MemoryTriggers.Delivery;
using MemoryTriggers.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Benchmarks.Capture;

/// <summary>
/// Capture and the real journal on disk, with a consumer that reads and acknowledges and does nothing else: what the channel and its
/// consumer are to the peers.
/// </summary>
internal sealed class DrainedJournal : IDisposable
{
    private static readonly TriggerPriority[] Lanes = Enum.GetValues<TriggerPriority>();

    private readonly CaptureJournal _journal;
    private readonly JournalCaptureSink _sink;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _consumer;

    public DrainedJournal(string folder)
    {
        _journal = CaptureJournal.Open(new JournalOptions { Directory = folder }, NullLogger<CaptureJournal>.Instance, TimeProvider.System);
        _sink = new JournalCaptureSink(_journal, new PumpSignal(TimeProvider.System), new TriggerLimits([]), new ProvisionalRecords(TimeProvider.System), TimeSpan.FromSeconds(5), NullLogger<JournalCaptureSink>.Instance);
        _consumer = Task.Run(ConsumeAsync);
    }

    /// <summary>Turns capture on for one turn, and waits at its end until the journal is empty.</summary>
    public void During(Action turn)
    {
        TriggerHub.Attach(_sink);
        turn();
        TriggerHub.Detach(_sink);

        var spin = default(SpinWait);
        while (_journal.HasPending) spin.SpinOnce();
        if (_journal.GetStatistics().Lanes.Sum(static lane => lane.Dropped) > 0) throw new InvalidOperationException("records were dropped: the figures would be too good");
    }

    public void Dispose()
    {
        _stop.Cancel();
        _consumer.Wait();
        _journal.Dispose();
        _stop.Dispose();
    }

    private async Task ConsumeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var lane in Lanes)
            {
                while (_journal.Read(lane, 1_000, 1024 * 1024) is { IsEmpty: false } batch)
                {
                    _journal.Acknowledge(batch);
                    batch.Return();
                }
            }

            await Task.Delay(1, CancellationToken.None);
        }
    }
}
