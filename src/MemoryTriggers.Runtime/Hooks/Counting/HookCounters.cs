namespace MemoryTriggers.Hooks;

/// <summary>Counts events. Thread-safe.</summary>
internal sealed class HookCounters
{
    private readonly Counter[] _counters = new Counter[HookTypes.All.Length];
    private long _faults;

    public void Count(HookType type, bool isCaptured, int failures, TimeSpan time)
    {
        ref var counter = ref _counters[(int)type];
        Interlocked.Increment(ref counter.Executed);
        Interlocked.Add(ref counter.Ticks, time.Ticks);
        if (isCaptured) Interlocked.Increment(ref counter.Captured);
        if (failures > 0) Interlocked.Increment(ref counter.Failed);
    }

    public void Fault() => Interlocked.Increment(ref _faults);

    public MemoryHooksStatistics ToStatistics(bool isEnabled, int callbacks) => new()
    {
        Enabled = isEnabled,
        RegisteredHooks = callbacks,
        CaptureFaults = Interlocked.Read(ref _faults),
        Counters = HookTypes.All.ToDictionary(HookTypes.Name, type => Of(ref _counters[(int)type])),
    };

    private static HookStatistics Of(ref Counter counter) => new()
    {
        Executed = Interlocked.Read(ref counter.Executed),
        Failed = Interlocked.Read(ref counter.Failed),
        Captured = Interlocked.Read(ref counter.Captured),
        TotalTime = new TimeSpan(Interlocked.Read(ref counter.Ticks)),
    };

    private struct Counter
    {
        public long Executed;
        public long Failed;
        public long Captured;
        public long Ticks;
    }
}
