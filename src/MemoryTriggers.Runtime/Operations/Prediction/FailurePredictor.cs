namespace MemoryTriggers.Operations;

/// <summary>
/// Sees a failure of the store coming: latency or errors that rise steadily towards the limit of its circuit. Used by one caller at a time.
/// </summary>
internal sealed class FailurePredictor(FailurePredictionOptions options, CircuitBreakerOptions circuit)
{
    private const int FewestSamples = 5;

    // Of ten values in any order, three of four series agree with a line less than this.
    private const double Agreement = 0.5;

    // Where a circuit opens by errors.
    private const double ErrorLimit = 0.5;

    private readonly Queue<StoreSample> _samples = [];

    /// <summary>Takes a sample; looks without a call of the store are none.</summary>
    /// <returns>The failure that is expected first; <see langword="null"/> when there is none.</returns>
    public FailurePrediction? Add(StoreSample sample)
    {
        if (!options.Enabled) return null;
        _samples.Enqueue(sample);
        if (_samples.Count > options.Samples) _samples.Dequeue();
        if (_samples.Count < FewestSamples) return null;

        var latency = Assess("latency", static sample => sample.Latency, circuit.SlowCall.TotalSeconds);
        var errors = Assess("error_rate", static sample => sample.ErrorRate, ErrorLimit);
        return latency is null || errors is not null && errors.ExpectedIn < latency.ExpectedIn ? errors : latency;
    }

    /// <summary>Forgets: what came before the circuit opened says nothing of the time after.</summary>
    public void Clear() => _samples.Clear();

    private FailurePrediction? Assess(string signal, Func<StoreSample, double> value, double limit)
    {
        var trend = Trend.Of([.. _samples.Select(sample => (sample.At, value(sample)))]);
        if (trend.Slope <= 0 || trend.Agreement < Agreement) return null;
        var seconds = Math.Max(0, (limit - trend.Level) / trend.Slope);
        return seconds <= options.Horizon.TotalSeconds
            ? new FailurePrediction(signal, TimeSpan.FromSeconds(seconds), trend.Level, limit)
            : null;
    }
}
