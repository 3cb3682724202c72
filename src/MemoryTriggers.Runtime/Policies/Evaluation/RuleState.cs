using MemoryTriggers.Operations;

namespace MemoryTriggers.Policies;

/// <summary>What a rule remembers from memory to memory: its limits, its rest, its counters. Survives a change of the set, by name. Thread-safe.</summary>
internal sealed class RuleState
{
    private readonly List<LimitCounters> _limits = [];
    private long _executions;
    private long _successes;
    private long _failures;
    private long _lastMatch = long.MinValue;
    private bool _isShared;

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

    /// <summary>From now on its limits hold for several processes together.</summary>
    public void Share()
    {
        lock (Gate)
        {
            _isShared = true;
            foreach (var counters in _limits) counters.Share();
        }
    }

    /// <summary>What its limits counted and others do not know.</summary>
    public void AddNews(string name, long now, List<SharedCount> news)
    {
        lock (Gate)
        {
            for (var index = 0; index < _limits.Count; index++) _limits[index].Shared?.AddNews($"{name}/{index}", now, news);
        }
    }

    /// <summary>The others know that.</summary>
    public void Told(int index, SharedCount news)
    {
        lock (Gate) Counters(index).Shared?.Told(news);
    }

    /// <summary>What another process counted.</summary>
    public void Hear(int index, SharedCount news)
    {
        lock (Gate) Counters(index).Shared?.Hear(news);
    }

    private LimitCounters Counters(CompiledLimit limit) => Counters(limit.Index);

    private LimitCounters Counters(int index)
    {
        while (_limits.Count <= index)
        {
            _limits.Add(new LimitCounters());
            if (_isShared) _limits[^1].Share();
        }

        return _limits[index];
    }
}
