namespace MemoryTriggers.TestKit;

/// <summary>A clock that stands until a test advances it. Timers fire on the thread that advances.</summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;
    private TimeSpan _setBy;

    public ManualTimeProvider() : this(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now + _setBy;
    }

    /// <summary>How many timers are set.</summary>
    public int Timers
    {
        get
        {
            lock (_gate) return _timers.Count;
        }
    }

    public override long GetTimestamp() => Elapsed().UtcTicks;

    /// <summary>Somebody sets the clock. Intervals and timers do not notice.</summary>
    public void SetBy(TimeSpan by)
    {
        lock (_gate) _setBy += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_gate) _timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var end = Elapsed() + by;
        while (NextDue(end) is { } next)
        {
            lock (_gate) _now = next.Due > _now ? next.Due : _now;
            next.Fire();
        }

        lock (_gate) _now = end;
    }

    private DateTimeOffset Elapsed()
    {
        lock (_gate) return _now;
    }

    private ManualTimer? NextDue(DateTimeOffset end)
    {
        lock (_gate) return _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
    }

    private void Remove(ManualTimer timer)
    {
        lock (_gate) _timers.Remove(timer);
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : clock.Elapsed() + dueTime;
            return true;
        }

        public void Fire()
        {
            Due = _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? DateTimeOffset.MaxValue : Due + _period;
            callback(state);
        }

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
