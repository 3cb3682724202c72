namespace MemoryTriggers.Policies;

/// <summary>The last decisions. Thread-safe.</summary>
internal sealed class TraceRing(int capacity)
{
    private readonly Lock _gate = new();
    private readonly PolicyTrace[] _traces = new PolicyTrace[capacity];
    private long _count;

    public void Add(in PolicyTrace trace)
    {
        if (_traces.Length == 0) return;
        lock (_gate) _traces[_count++ % _traces.Length] = trace;
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<PolicyTrace> ToList()
    {
        lock (_gate)
        {
            var kept = (int)Math.Min(_count, _traces.Length);
            return [.. Enumerable.Range(1, kept).Select(back => _traces[(_count - back) % _traces.Length])];
        }
    }
}
