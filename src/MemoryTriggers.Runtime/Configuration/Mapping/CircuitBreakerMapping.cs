namespace MemoryTriggers.Configuration;

/// <summary>From the section <c>circuit_breaker</c> to the options of the runtime.</summary>
internal static class CircuitBreakerMapping
{
    public static void Apply(CircuitBreakerSettings settings, CircuitBreakerOptions options)
    {
        (options.Enabled, options.FailureThreshold, options.SuccessThreshold) = (settings.Enabled, settings.FailureThreshold, settings.SuccessThreshold);
        options.RecoveryTimeout = TimeSpan.FromSeconds(settings.RecoveryTimeout);
        options.OperationTimeout = TimeSpan.FromSeconds(settings.Timeout);
        options.SamplingWindow = TimeSpan.FromSeconds(settings.SamplingWindow);
        (options.SlowCall, options.SlowCallRate) = (TimeSpan.FromSeconds(settings.SlowCallThreshold), settings.SlowCallRateThreshold);
    }
}
