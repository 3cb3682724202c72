namespace MemoryTriggers.Configuration;

/// <summary>What of the options a reload may change. What code has set after the configuration stays as the code has set it.</summary>
internal static class LiveMapping
{
    /// <summary>Sets all of it.</summary>
    public static void Apply(MemoryConfiguration configuration, MemoryTriggersOptions options)
    {
        foreach (var (type, restriction) in TriggerTypeMapping.Restricted(configuration)) options.Types[type] = restriction;
        var delivery = options.Delivery;
        (delivery.BatchSize, delivery.Concurrency, delivery.OperationsPerSecond, delivery.OperationTimeout) = Delivery(configuration);
        (options.Policies.File, options.Policies.UseDefaults) = Policies(configuration);
        MonitoringMapping.Apply(configuration.Monitoring, options.Operations);
        if (Zone(configuration) is { } zone) options.Policies.Set.TimeZone = zone;
    }

    /// <summary>Sets what the two configurations say differently, and what is still as the first one has set it.</summary>
    public static void Change(MemoryConfiguration before, MemoryConfiguration after, MemoryTriggersOptions options)
    {
        Types(before, after, options.Types);
        var delivery = options.Delivery;
        var (was, now) = (Delivery(before), Delivery(after));
        if (delivery.BatchSize == was.BatchSize) delivery.BatchSize = now.BatchSize;
        if (delivery.Concurrency == was.Concurrency) delivery.Concurrency = now.Concurrency;
        if (delivery.OperationsPerSecond == was.PerSecond) delivery.OperationsPerSecond = now.PerSecond;
        if (delivery.OperationTimeout == was.Timeout) delivery.OperationTimeout = now.Timeout;
        if ((options.Policies.File, options.Policies.UseDefaults) == Policies(before)) (options.Policies.File, options.Policies.UseDefaults) = Policies(after);
        MonitoringMapping.Change(before.Monitoring, after.Monitoring, options.Operations);
        if (before.Policies.TimeZone != after.Policies.TimeZone) options.Policies.Set.TimeZone = Zone(after) ?? TimeZoneInfo.Local;
    }

    private static void Types(MemoryConfiguration before, MemoryConfiguration after, IDictionary<TriggerType, TriggerTypeOptions> types)
    {
        var was = new Dictionary<TriggerType, TriggerTypeOptions>(TriggerTypeMapping.Restricted(before));
        var now = new Dictionary<TriggerType, TriggerTypeOptions>(TriggerTypeMapping.Restricted(after));
        foreach (var type in Enum.GetValues<TriggerType>().Where(type => Same(types.TryGetValue(type, out var given) ? given : null, was.GetValueOrDefault(type))))
        {
            types.Remove(type);
            if (now.TryGetValue(type, out var restriction)) types[type] = restriction;
        }
    }

    private static bool Same(TriggerTypeOptions? one, TriggerTypeOptions? other) =>
        (one?.Enabled, one?.MinPriority, one?.MaxPending) == (other?.Enabled, other?.MinPriority, other?.MaxPending);

    private static (int BatchSize, int Concurrency, int PerSecond, TimeSpan Timeout) Delivery(MemoryConfiguration configuration) => (
        configuration.Performance.BatchSize,
        configuration.Performance.MaxConcurrentOperations,
        Math.Min(configuration.MaxMemoryOperationsPerSecond, configuration.Performance.RateLimitPerSecond),
        TimeSpan.FromSeconds(Math.Min(configuration.Performance.CreateTimeout, configuration.Backend.WriteTimeout)));

    private static (string? File, bool UseDefaults) Policies(MemoryConfiguration configuration) => (configuration.Policies.File, configuration.Policies.UseDefaults);

    private static TimeZoneInfo? Zone(MemoryConfiguration configuration) => configuration.Policies.TimeZone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : null;
}
