using System.Globalization;

namespace MemoryTriggers.Configuration;

/// <summary>The reference's score of a configuration: one figure from 0 to 1, and what went into it.</summary>
internal static class PerformanceScore
{
    public static (double Score, IReadOnlyList<string> Reasons) Of(ConfigurationSnapshot configuration)
    {
        var reasons = new List<string>();
        var (performance, cache) = (configuration.Performance, configuration.ReadCache);
        var score = 1.0;
        Apply(
            Math.Max(0.5, 1 - (Math.Abs(performance.CreateTimeout - 5) / 10)),
            $"create_timeout is {SettingText.Number(performance.CreateTimeout)} s; 5 s is best");
        if (configuration.Delivery.Concurrency < 5)
            Apply(0.8, $"max_concurrent_operations is {configuration.Delivery.Concurrency}; 5 to 50 is best");
        else if (configuration.Delivery.Concurrency > 50)
            Apply(0.9, $"max_concurrent_operations is {configuration.Delivery.Concurrency}; 5 to 50 is best");
        Apply(cache.Enabled ? 1.1 : 0.9, cache.Enabled ? "the cache is on" : "the cache is off");
        if (cache.Enabled && cache.TimeToLive.TotalSeconds is >= 60 and <= 600 and var seconds)
            Apply(1.05, string.Create(CultureInfo.InvariantCulture, $"cache_ttl_seconds is {seconds}; 60 to 600 is best"));
        if (performance.MinMemoryQualityScore is >= 0.6 and <= 0.8)
            Apply(1.05, $"min_memory_quality_score is {SettingText.Number(performance.MinMemoryQualityScore)}; 0.6 to 0.8 is best");
        else if (performance.MinMemoryQualityScore < 0.4)
            Apply(0.8, $"min_memory_quality_score is {SettingText.Number(performance.MinMemoryQualityScore)}; poor memories are kept");
        if (configuration.Environment == "production")
        {
            if (configuration.Backend.EncryptionEnabled) Apply(1.1, "encryption is on in production");
            if (configuration.Operations.MetricsHistory.Enabled) Apply(1.05, "metrics are on in production");
        }

        return (Math.Min(1, score), reasons);

        void Apply(double factor, string reason)
        {
            score *= factor;
            if (factor != 1) reasons.Add(string.Create(CultureInfo.InvariantCulture, $"× {factor:0.###}: {reason}"));
        }
    }
}
