namespace MemoryTriggers.Hooks;

/// <summary>Lets the first of what is the same pass, and so many a minute of all. Counts the others. Thread-safe.</summary>
/// <param name="maxPerMinute">How many pass in a minute.</param>
/// <param name="repeatWindow">How long a repeat does not pass.</param>
/// <param name="time">The clock.</param>
internal sealed class HookLimiter(int maxPerMinute, TimeSpan repeatWindow, TimeProvider time)
{
    // Repeats are recognized by a text that comes from outside: bounded, however many there are.
    private const int MaxKnown = 1_024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private readonly RateWindow _passed = new();
    private long _limited;

    /// <param name="key">The key; equal events have equal keys.</param>
    /// <returns>The note about the events left out before; <see langword="null"/> when this one is left out.</returns>
    public HookPass? TryPass(string key)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var isKnown = _seen.TryGetValue(key, out var seen);
            if (isKnown && time.GetElapsedTime(seen!.Since, now) < repeatWindow)
            {
                seen.Repeats++;
                return null;
            }

            if (!_passed.HasRoom(maxPerMinute, time.TimestampFrequency * 60, now))
            {
                _limited++;
                return null;
            }

            _passed.Add(now);
            var pass = new HookPass(seen?.Repeats ?? 0, _limited);
            _limited = 0;
            if (!isKnown && _seen.Count >= MaxKnown) Forget(now);
            _seen[key] = new Seen(now);
            return pass;
        }
    }

    private void Forget(long now)
    {
        foreach (var (key, seen) in _seen)
        {
            if (time.GetElapsedTime(seen.Since, now) >= repeatWindow) _seen.Remove(key);
        }

        if (_seen.Count >= MaxKnown) _seen.Remove(_seen.MinBy(static pair => pair.Value.Since).Key);
    }

    private sealed class Seen(long since)
    {
        public long Since { get; } = since;

        public long Repeats { get; set; }
    }
}
