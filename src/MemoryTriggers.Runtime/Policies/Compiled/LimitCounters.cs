using System.Text.Json;
using MemoryTriggers.Hooks;

namespace MemoryTriggers.Policies;

/// <summary>
/// The windows of one limit by key. Keys come from memories: their number is bounded, and the one unused for longest goes.
/// </summary>
internal sealed class LimitCounters
{
    private const int MaxKeys = 10_000;
    private readonly Dictionary<string, RateWindow> _windows = new(StringComparer.Ordinal);

    // What an earlier process counted, by digest, until the key comes again.
    private readonly Dictionary<string, RateWindow> _earlier = new(StringComparer.Ordinal);
    private long _latest;
    private long _windowTicks;

    /// <summary>The counts sent to and received from other processes; <see langword="null"/> when the limit is local.</summary>
    public SharedLimit? Shared { get; private set; }

    /// <summary>From now on the limit holds for several processes together.</summary>
    public void Share()
    {
        // The others have received what an earlier process counted here, and this one receives it from them.
        _earlier.Clear();
        Shared ??= new SharedLimit();
    }

    public bool HasRoom(CompiledLimit limit, EvaluationContext context)
    {
        var key = Key(limit, context);
        var left = Shared is null ? limit.Count : limit.Count - Shared.CountOfOthers(key, Now(context));
        return left > 0 && (Find(key) is not { } window || window.HasRoom(left, limit.Window.Ticks, Now(context)));
    }

    public void Count(CompiledLimit limit, EvaluationContext context)
    {
        _windowTicks = limit.Window.Ticks;
        var key = Key(limit, context);
        if (Find(key) is not { } window)
        {
            if (_windows.Count >= MaxKeys) MakeRoom();
            _windows.GetAlternateLookup<ReadOnlySpan<char>>()[key] = window = new RateWindow();
        }

        window.Add(Now(context));
        Shared?.Count(key, limit.Window.Ticks, Now(context));
    }

    /// <summary>Writes what still counts, up to <see cref="SavedTimes.MaxTimes"/>.</summary>
    public void Save(Utf8JsonWriter json, long now)
    {
        var room = SavedTimes.MaxTimes;
        json.WriteStartObject();
        json.WriteNumber("window", _windowTicks);
        json.WriteStartObject("keys");
        var all = _windows.Select(static window => (Digest: KeyDigest.TextOf(window.Key), Window: window.Value))
            .Concat(_earlier.Select(static window => (Digest: window.Key, Window: window.Value)));
        foreach (var (digest, window) in all.OrderByDescending(static window => window.Window.LastTicks)
            .TakeWhile(window => window.Window.LastTicks > now - _windowTicks))
        {
            if ((room -= window.Count) < 0) break;
            SavedTimes.Write(json, digest, window.Times);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void Restore(JsonElement saved, long now)
    {
        _windowTicks = saved.GetProperty("window").GetInt64();
        foreach (var key in saved.GetProperty("keys").EnumerateObject())
        {
            if (SavedTimes.Read(key.Value, now) is { Length: > 0 } times && times[^1] > now - _windowTicks)
                _earlier[key.Name] = new RateWindow(times);
        }
    }

    private RateWindow? Find(ReadOnlySpan<char> key)
    {
        if (_windows.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var window) || _earlier.Count == 0) return window;
        if (!_earlier.Remove(KeyDigest.TextOf(key), out window)) return null;
        return _windows[key.ToString()] = window;
    }

    // A clock that is set back must not close a window for as long.
    private long Now(EvaluationContext context) => _latest = Math.Max(_latest, context.Now.UtcTicks);

    private static ReadOnlySpan<char> Key(CompiledLimit limit, EvaluationContext context)
    {
        if (limit.Slot < 0) return default;
        ref readonly var value = ref context.Field(limit.Slot);
        // One that has no such value is counted with its like, not with everything that has none.
        return value.IsScalar ? context.TextOf(value) : context.Entry.Key;
    }

    private void MakeRoom()
    {
        foreach (var key in _windows.OrderBy(static window => window.Value.LastTicks).Take(MaxKeys / 10).Select(static window => window.Key)
            .ToList()) _windows.Remove(key);
    }
}
