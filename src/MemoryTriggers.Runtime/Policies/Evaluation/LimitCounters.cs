namespace MemoryTriggers.Policies;

/// <summary>The windows of one limit by key. Keys come from memories: their number is bounded, and the one unused for longest goes.</summary>
internal sealed class LimitCounters
{
    private const int MaxKeys = 10_000;
    private readonly Dictionary<string, RateWindow> _windows = new(StringComparer.Ordinal);
    private long _latest;

    public bool HasRoom(CompiledLimit limit, EvaluationContext context) =>
        !_windows.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(Key(limit, context), out var window) ||
        window.HasRoom(limit.Count, limit.Window.Ticks, Now(context));

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
