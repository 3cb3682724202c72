namespace MemoryTriggers.Circuits;

/// <summary>Counts calls of the last while, in ten buckets, so that forgetting one costs nothing. Not thread-safe.</summary>
internal sealed class CallWindow(TimeSpan length, TimeProvider time)
{
    private const int Buckets = 10;

    private readonly (long Calls, long Failures, long Slow)[] _buckets = new (long, long, long)[Buckets];
    private readonly long _started = time.GetTimestamp();
    private long _current;

    public long Calls => Sum(static bucket => bucket.Calls);

    public long Failures => Sum(static bucket => bucket.Failures);

    public long Slow => Sum(static bucket => bucket.Slow);

    public void Add(bool isFailure, bool isSlow)
    {
        Roll();
        ref var bucket = ref _buckets[_current % Buckets];
        bucket = (bucket.Calls + 1, bucket.Failures + (isFailure ? 1 : 0), bucket.Slow + (isSlow ? 1 : 0));
    }

    public void Clear() => Array.Clear(_buckets);

    private long Sum(Func<(long Calls, long Failures, long Slow), long> count)
    {
        Roll();
        return _buckets.Sum(count);
    }

    private void Roll()
    {
        var now = (long)(time.GetElapsedTime(_started) / length * Buckets);
        for (var gone = Math.Max(_current + 1, now - Buckets + 1); gone <= now; gone++) _buckets[gone % Buckets] = default;
        _current = Math.Max(_current, now);
    }
}
