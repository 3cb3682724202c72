namespace MemoryTriggers.Configuration;

/// <summary>How the operations of the store went. Thread-safe.</summary>
internal sealed class OperationFigures
{
    private const int Window = 100;

    private readonly Lock _gate = new();
    private readonly Queue<bool> _last = new(Window);
    private int _failedOfLast;
    private long _operations;
    private long _failures;
    private TimeSpan _time;

    /// <summary>Since the start.</summary>
    public (long Operations, long Failures, TimeSpan Time) Totals
    {
        get
        {
            lock (_gate) return (_operations, _failures, _time);
        }
    }

    /// <summary>The share of the last 100 that failed; 0 until there are ten.</summary>
    public double ErrorRate
    {
        get
        {
            lock (_gate) return _last.Count < Window / 10 ? 0 : (double)_failedOfLast / _last.Count;
        }
    }

    public void Add(bool succeeded, TimeSpan elapsed)
    {
        lock (_gate)
        {
            _operations++;
            _time += elapsed;
            if (_last.Count == Window && !_last.Dequeue()) _failedOfLast--;
            _last.Enqueue(succeeded);
            if (succeeded) return;
            _failedOfLast++;
            _failures++;
        }
    }
}
