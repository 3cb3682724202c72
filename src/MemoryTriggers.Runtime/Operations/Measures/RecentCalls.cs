namespace MemoryTriggers.Operations;

/// <summary>How the last calls went. Thread-safe.</summary>
internal sealed class RecentCalls
{
    private const int Window = 100;
    private const int Least = 10;

    private readonly Lock _gate = new();
    private readonly Queue<bool> _failed = new(Window);
    private int _failures;

    /// <summary>The share of the last 100 that failed, 0 to 1; 0 until there are ten.</summary>
    public double ErrorRate
    {
        get
        {
            lock (_gate) return _failed.Count < Least ? 0 : (double)_failures / _failed.Count;
        }
    }

    public void Add(bool isFailure)
    {
        lock (_gate)
        {
            if (_failed.Count == Window && _failed.Dequeue()) _failures--;
            _failed.Enqueue(isFailure);
            if (isFailure) _failures++;
        }
    }
}
