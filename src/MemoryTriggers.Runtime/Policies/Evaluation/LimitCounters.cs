namespace MemoryTriggers.Policies;

/// <summary>The windows of one limit by key. Keys come from memories: their number is bounded, and the one unused for longest goes.</summary>
internal sealed class LimitCounters
{
    private const int MaxKeys = 10_000;
    private readonly Dictionary<string, RateWindow> _windows = new(StringComparer.Ordinal);
    private long _latest;

    /// <summary>What it tells other processes, and what they told; <see langword="null"/> when the limit is this process's own.</summary>
    public SharedLimit? Shared { get; private set; }

    /// <summary>From now on the limit holds for several processes together.</summary>
    public void Share() => Shared ??= new SharedLimit();

    public bool HasRoom(CompiledLimit limit, EvaluationContext context)
    {
        var key = Key(limit, context);
        var left = Shared is null ? limit.Count : limit.Count - Shared.CountOfOthers(key, Now(context));
        return left > 0 && (!_windows.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var window) || window.HasRoom(left, limit.Window.Ticks, Now(context)));
    }

    public void Count(CompiledLimit limit, EvaluationContext context)
    {
        var lookup = _windows.GetAlternateLookup<ReadOnlySpan<char>>();
        var key = Key(limit, context);
        if (!lookup.TryGetValue(key, out var window))
        {
            if (_windows.Count >= MaxKeys) MakeRoom();
            lookup[key] = window = new RateWindow();
        }

        window.Add(Now(context));
        Shared?.Count(key, limit.Window.Ticks, Now(context));
    }

    // A clock that is set back must not close a window for as long.
    private long Now(EvaluationContext context) => _latest = Math.Max(_latest, context.Now.UtcTicks);

    private static ReadOnlySpan<char> Key(CompiledLimit limit, EvaluationContext context)
    {
        if (limit.Slot < 0) return default;
        ref readonly var value = ref context.Field(limit.Slot);
        return value.IsScalar ? context.TextOf(value) : default;
    }

    private void MakeRoom()
    {
        foreach (var key in _windows.OrderBy(static window => window.Value.LastTicks).Take(MaxKeys / 10).Select(static window => window.Key).ToList()) _windows.Remove(key);
    }
}
