namespace MemoryTriggers.Operations;

/// <summary>If latency or errors continue to rise at this rate, the circuit of the store opens.</summary>
/// <param name="Signal">The rising signal: <c>latency</c> or <c>error_rate</c>.</param>
/// <param name="ExpectedIn">When its limit is reached; zero when it is.</param>
/// <param name="Level">Where it is now, by the trend: seconds, or a share from 0 to 1.</param>
/// <param name="Limit">Where its circuit breaker opens.</param>
internal sealed record FailurePrediction(string Signal, TimeSpan ExpectedIn, double Level, double Limit)
{
    internal string Description => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"the {Signal.Replace('_', ' ')} of the store rises: {Level:0.###} now, its " +
            $"limit of {Limit:0.###} is expected in {ExpectedIn.TotalSeconds:0} s");
}
