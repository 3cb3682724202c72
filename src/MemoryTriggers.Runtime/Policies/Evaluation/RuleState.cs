namespace MemoryTriggers.Policies;

/// <summary>What a rule remembers from memory to memory: its limits, its rest, its counters. Survives a change of the set, by name. Thread-safe.</summary>
internal sealed class RuleState
{
    private readonly List<LimitCounters> _limits = [];
    private long _executions;
    private long _successes;
    private long _failures;
    private long _lastMatch = long.MinValue;

    /// <summary>Held while a rule with limits is tested and counted, so that a limit holds for all threads together.</summary>
    public Lock Gate { get; } = new();

    public long Executions => Interlocked.Read(ref _executions);

    public long Successes => Interlocked.Read(ref _successes);

    public long Failures => Interlocked.Read(ref _failures);

    public void Executed() => Interlocked.Increment(ref _executions);

    public void Succeeded() => Interlocked.Increment(ref _successes);

    public void Failed() => Interlocked.Increment(ref _failures);

    public bool HasRoom(CompiledLimit limit, EvaluationContext context)
    {
        lock (Gate) return Counters(limit).HasRoom(limit, context);
    }

    public void Count(CompiledLimit limit, EvaluationContext context)
    {
        lock (Gate) Counters(limit).Count(limit, context);
    }

    public bool Rests(TimeSpan cooldown, DateTimeOffset now)
    {
        lock (Gate) return _lastMatch != long.MinValue && now.UtcTicks - _lastMatch is >= 0 and var since && since < cooldown.Ticks;
    }

    public void Matched(DateTimeOffset now)
    {
        lock (Gate) _lastMatch = now.UtcTicks;
    }

    private LimitCounters Counters(CompiledLimit limit)
    {
        while (_limits.Count <= limit.Index) _limits.Add(new LimitCounters());
        return _limits[limit.Index];
    }
}
