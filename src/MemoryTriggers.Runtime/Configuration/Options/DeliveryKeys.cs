namespace MemoryTriggers.Configuration;

/// <summary>The way to the store, and how long its calls may take: of <c>performance</c> and <c>backend</c>.</summary>
internal static class DeliveryKeys
{
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(1);

    public static IReadOnlyList<OptionKey> All { get; } =
    [
        OptionKey.By(static options => options.Delivery.OperationsPerSecond,
            static (options, count) => options.Delivery.OperationsPerSecond = count, PerSecond, isLive: true),
        OptionKey.By(static options => options.Delivery.OperationTimeout,
            static (options, time) => options.Delivery.OperationTimeout = time, Timeout, isLive: true),
        OptionKey.By(static options => options.Operations.ReadTimeout, static (options, time) => options.Operations.ReadTimeout = time,
            static (report, unsaid) => Smaller(report.Configuration.Performance.RecallTimeout, Read(report)) ?? unsaid, isLive: true),
        OptionKey.By(static options => options.Operations.SearchTimeout, static (options, time) => options.Operations.SearchTimeout = time,
            static (report, unsaid) => Smaller(report.Configuration.Performance.SearchTimeout, Read(report)) ?? unsaid, isLive: true),
        OptionKey.Of("backend.retry_delay", static options => options.Delivery.RetryDelay,
            static (options, delay) => options.Delivery.RetryDelay = delay, static all => Delay(all.Backend.RetryDelay)),
    ];

    // The smaller one counts.
    private static int PerSecond(MemoryConfigurationReport report, int unsaid)
    {
        var (all, performance) = (report.Configuration.MaxMemoryOperationsPerSecond, report.Configuration.Performance.RateLimitPerSecond);
        return all is null && performance is null ? unsaid : Math.Min(all ?? int.MaxValue, performance ?? int.MaxValue);
    }

    private static TimeSpan Timeout(MemoryConfigurationReport report, TimeSpan unsaid)
    {
        var create = report.Says("performance.create_timeout") ? report.Configuration.Performance.CreateTimeout : (double?)null;
        return Smaller(create, report.Configuration.Backend.WriteTimeout) ?? unsaid;
    }

    private static double? Read(MemoryConfigurationReport report) => report.Configuration.Backend.ReadTimeout;

    private static TimeSpan? Smaller(double? one, double? other) =>
        new[] { one, other }.Min() is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static TimeSpan Delay(double seconds) =>
        TimeSpan.FromSeconds(seconds) is var delay && delay < ShortestDelay ? ShortestDelay : delay;
}
