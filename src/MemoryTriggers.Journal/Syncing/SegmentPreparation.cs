using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Journal;

/// <summary>
/// Makes the next segments ahead of need, on a thread of its own: a sync may take long, and appends must not wait for it.
/// </summary>
internal sealed class SegmentPreparation : IDisposable
{
    private readonly JournalLane[] _lanes;
    private readonly JournalSignal _signal;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private volatile bool _stopping;

    public SegmentPreparation(JournalLane[] lanes, JournalSignal signal, ILogger logger)
    {
        _lanes = lanes;
        _signal = signal;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "MemoryTriggers journal segments" };
        _thread.Start();
    }

    public void Dispose()
    {
        _stopping = true;
        _signal.SegmentNeeded();
        _thread.Join();
    }

    private void Run()
    {
        for (_signal.WaitForSegmentNeeded(); !_stopping; _signal.WaitForSegmentNeeded())
        {
            try
            {
                foreach (var lane in _lanes)
                    lane.PrepareNext();
            }
            catch (Exception failure)
            {
                // The boundary of the thread. Without it appends still go on, making their segments themselves.
                Log.PassFailed(_logger, failure);
            }
        }
    }
}
