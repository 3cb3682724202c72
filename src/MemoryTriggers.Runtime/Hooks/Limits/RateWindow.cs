namespace MemoryTriggers.Hooks;

/// <summary>
/// The times of what was counted for one key, as many as the limit: there is room when the oldest of them has left the window.
/// </summary>
internal sealed class RateWindow
{
    private long[] _times;
    private int _first;
    private int _count;

    /// <param name="times">The times counted before, in order.</param>
    public RateWindow(params long[] times)
    {
        (_times, _count) = (times.Length == 0 ? new long[4] : times, times.Length);
        LastTicks = times.Length == 0 ? 0 : times[^1];
    }

    public long LastTicks { get; private set; }

    /// <summary>The counted times, oldest first.</summary>
    public IEnumerable<long> Times => Enumerable.Range(0, _count).Select(index => _times[(_first + index) % _times.Length]);

    public int Count => _count;

    public bool HasRoom(int limit, long windowTicks, long now)
    {
        while (_count > 0 && _times[_first] <= now - windowTicks)
        {
            _first = (_first + 1) % _times.Length;
            _count--;
        }

        return _count < limit;
    }

    public void Add(long now)
    {
        if (_count == _times.Length)
        {
            var larger = new long[_times.Length * 2];
            for (var index = 0; index < _count; index++) larger[index] = _times[(_first + index) % _times.Length];
            (_times, _first) = (larger, 0);
        }

        _times[(_first + _count++) % _times.Length] = now;
        LastTicks = now;
    }
}
