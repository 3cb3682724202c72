namespace MemoryTriggers.Operations;

/// <summary>The metrics of one operation of the store. Thread-safe.</summary>
internal sealed class OperationMeasure(string name)
{
    private const int Kept = 512;

    private readonly Lock _gate = new();
    private readonly double[] _recent = new double[Kept];
    private long _succeeded;
    private long _failed;
    private double _total;
    private double _min = double.MaxValue;
    private double _max;

    public void Add(TimeSpan elapsed, bool isFailure)
    {
        var seconds = elapsed.TotalSeconds;
        lock (_gate)
        {
            _recent[(_succeeded + _failed) % Kept] = seconds;
            if (isFailure) _failed++;
            else _succeeded++;
            _total += seconds;
            _min = Math.Min(_min, seconds);
            _max = Math.Max(_max, seconds);
        }
    }

    public OperationMetrics ToMetrics()
    {
        lock (_gate)
        {
            var calls = _succeeded + _failed;
            var sorted = _recent[..(int)Math.Min(calls, Kept)];
            Array.Sort(sorted);
            return new OperationMetrics
            {
                Operation = name,
                SuccessfulCalls = _succeeded,
                FailedCalls = _failed,
                TotalTime = TimeSpan.FromSeconds(_total),
                MinTime = TimeSpan.FromSeconds(calls > 0 ? _min : 0),
                MaxTime = TimeSpan.FromSeconds(_max),
                P50 = Percentile(sorted, 0.5),
                P75 = Percentile(sorted, 0.75),
                P90 = Percentile(sorted, 0.9),
                P95 = Percentile(sorted, 0.95),
                P99 = Percentile(sorted, 0.99),
            };
        }
    }

    // Nearest rank.
    private static TimeSpan Percentile(double[] sorted, double share) =>
        sorted.Length == 0
            ? TimeSpan.Zero
            : TimeSpan.FromSeconds(sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)]);
}
