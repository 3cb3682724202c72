namespace MemoryTriggers.Journal;

/// <summary>
/// The thread of the journal's upkeep. Its own, because the thread pool may be starved by the very program whose records must become
/// durable.
/// </summary>
internal sealed class JournalSyncThread : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(50);

    private readonly JournalUpkeep _upkeep;
    private readonly JournalSignal _signal;
    private readonly TimeSpan _interval;
    private readonly Thread _thread;

    public JournalSyncThread(JournalUpkeep upkeep, JournalSignal signal, TimeSpan interval)
    {
        _upkeep = upkeep;
        _signal = signal;
        _interval = interval;
        _thread = new Thread(Run) { IsBackground = true, Name = "MemoryTriggers journal" };
        _thread.Start();
    }

    /// <summary>Ends the thread; the upkeep must be stopped before, and a last pass made after.</summary>
    public void Dispose()
    {
        _signal.Urgent();
        _thread.Join();
    }

    private void Run()
    {
        while (!_upkeep.IsStopped)
        {
            _signal.WaitForWork(() => _upkeep.HasWork);
            _signal.Gather(_upkeep.IsStopped ? TimeSpan.Zero : _upkeep.MustRetry && RetryInterval > _interval ? RetryInterval : _interval);
            _upkeep.Pass();
        }
    }
}
