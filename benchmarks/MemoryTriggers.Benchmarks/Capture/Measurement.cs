using System.Diagnostics;

namespace MemoryTriggers.Benchmarks.Capture;

/// <summary>The rounds of one contender and one shape: the median of the time, and the bytes of the calling thread.</summary>
internal sealed class Measurement
{
    private readonly List<double> _nanoseconds = [];
    private readonly List<double> _bytes = [];

    public double Nanoseconds => Median(_nanoseconds);

    /// <summary>The quickest round: what others on the machine slowed least.</summary>
    public double LeastNanoseconds => _nanoseconds.Min();

    public double Bytes => Median(_bytes);

    public void Round(Action<int> calls, int count)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        calls(count);
        var elapsed = Stopwatch.GetElapsedTime(started);
        _bytes.Add((double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / count);
        _nanoseconds.Add(elapsed.TotalNanoseconds / count);
    }

    private static double Median(List<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }
}
