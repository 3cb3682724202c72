using System.Text.Json;
using MemoryTriggers.Circuits;

namespace MemoryTriggers.Policies;

/// <summary>
/// What a rule remembers from memory to memory: its limits, its rest, its counters. Survives a change of the set, by name, and a restart.
/// Thread-safe.
/// </summary>
internal sealed class RuleState
{
    private readonly List<LimitCounters> _limits = [];
    private long _executions;
    private long _successes;
    private long _failures;
    private long _earlier;
    private long _lastMatch = long.MinValue;
    private long _version;
    private bool _isShared;

    /// <summary>Held while a rule with limits is tested and counted, so that a limit holds for all threads together.</summary>
    public Lock Gate { get; } = new();

    public long Executions => Interlocked.Read(ref _executions);

    public long Successes => Interlocked.Read(ref _successes);

    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>How often it has matched, in earlier processes too.</summary>
    public long AllExecutions => Interlocked.Read(ref _earlier) + Executions;

    /// <summary>Greater when there is something new that a restart must not lose; 0 when there is nothing.</summary>
    public long Version => Interlocked.Read(ref _version);

    public void Executed() => Interlocked.Increment(ref _executions);

    public void Succeeded() => Interlocked.Increment(ref _successes);

    public void Failed() => Interlocked.Increment(ref _failures);

    public bool HasRoom(CompiledLimit limit, EvaluationContext context)
    {
        lock (Gate) return Counters(limit.Index).HasRoom(limit, context);
    }

    public void Count(CompiledLimit limit, EvaluationContext context)
    {
        lock (Gate) Counters(limit.Index).Count(limit, context);
        Interlocked.Increment(ref _version);
    }

    public bool IsInCooldown(TimeSpan cooldown, DateTimeOffset now)
    {
        lock (Gate) return _lastMatch != long.MinValue && now.UtcTicks - _lastMatch is >= 0 and var since && since < cooldown.Ticks;
    }

    public void Matched(DateTimeOffset now)
    {
        lock (Gate) _lastMatch = now.UtcTicks;
        Interlocked.Increment(ref _version);
    }

    /// <summary>Adds what is to be saved to an object that is open.</summary>
    public void Save(Utf8JsonWriter json, long now)
    {
        lock (Gate)
        {
            json.WriteNumber("executions", AllExecutions);
            if (_lastMatch != long.MinValue) json.WriteNumber("last_match", _lastMatch);
            json.WriteStartArray("limits");
            foreach (var limit in _limits) limit.Save(json, now);
            json.WriteEndArray();
        }
    }

    public void Restore(JsonElement saved, long now)
    {
        lock (Gate)
        {
            Interlocked.Exchange(ref _earlier, saved.GetProperty("executions").GetInt64());
            if (saved.TryGetProperty("last_match", out var last)) _lastMatch = last.GetInt64();
            var index = 0;
            foreach (var limit in saved.GetProperty("limits").EnumerateArray()) Counters(index++).Restore(limit, now);
        }

        Interlocked.Increment(ref _version);
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

    /// <summary>The counts of its limits that other processes do not know.</summary>
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

    /// <summary>The counts of another process.</summary>
    public void Hear(int index, SharedCount news)
    {
        lock (Gate) Counters(index).Shared?.Hear(news);
    }

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
