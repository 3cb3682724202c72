namespace MemoryTriggers.Configuration;

/// <summary>The section <c>policies</c>, and the actions of policies: of <c>performance</c>.</summary>
internal static class PolicyKeys
{
    public static IReadOnlyList<OptionKey> All { get; } =
    [
        Of("policies.file", static policies => policies.File, static (policies, file) => policies.File = file,
            static all => all.Policies.File, isLive: true),
        Of("policies.use_defaults", static policies => policies.UseDefaults, static (policies, isOn) => policies.UseDefaults = isOn,
            static all => all.Policies.UseDefaults, isLive: true),
        Of("policies.time_zone", static policies => policies.Set.TimeZone, static (policies, zone) => policies.Set.TimeZone = zone,
            static all => TimeZoneInfo.FindSystemTimeZoneById(all.Policies.TimeZone!), isLive: true),
        Of("policies.seed", static policies => policies.Set.Seed, static (policies, seed) => policies.Set.Seed = seed,
            static all => all.Policies.Seed),
        Of("policies.defer_seconds", static policies => policies.DeferFor, static (policies, time) => policies.DeferFor = time,
            static all => TimeSpan.FromSeconds(all.Policies.DeferSeconds)),
        Of("policies.max_held", static policies => policies.MaxHeld, static (policies, count) => policies.MaxHeld = count,
            static all => all.Policies.MaxHeld),
        Of("policies.save_state_seconds", static policies => policies.SaveStateEvery,
            static (policies, time) => policies.SaveStateEvery = time, static all => TimeSpan.FromSeconds(all.Policies.SaveStateSeconds)),
        Of("policies.kept_decisions", static policies => policies.KeptDecisions,
            static (policies, count) => policies.KeptDecisions = count, static all => all.Policies.KeptDecisions),
        Of("policies.webhook_private_addresses", static policies => policies.WebhookPrivateAddresses,
            static (policies, isOn) => policies.WebhookPrivateAddresses = isOn,
            static all => all.Policies.WebhookPrivateAddresses),
        Of("performance.background_queue_size", static policies => policies.MaxWaitingActions,
            static (policies, count) => policies.MaxWaitingActions = count, static all => all.Performance.BackgroundQueueSize),
        Of("performance.worker_thread_count", static policies => policies.ConcurrentActions,
            static (policies, count) => policies.ConcurrentActions = count, static all => all.Performance.WorkerThreadCount),
        OptionKey.By<IReadOnlyList<string>>(static options => [.. options.Policies.WebhookHosts], Allow,
            static (report, unsaid) => [.. unsaid.Union(report.Configuration.Policies.WebhookHosts)]),
    ];

    // The list is the program's, and may be of a kind of its own.
    private static void Allow(MemoryTriggersOptions options, IReadOnlyList<string> hosts)
    {
        var allowed = options.Policies.WebhookHosts;
        foreach (var host in hosts.Where(host => !allowed.Contains(host))) allowed.Add(host);
    }

    private static OptionKey Of<T>(
        string key, Func<PoliciesOptions, T> get, Action<PoliciesOptions, T> set, Func<ConfigurationSnapshot, T> value,
        bool isLive = false) =>
        OptionKey.Of(key, options => get(options.Policies), (options, wanted) => set(options.Policies, wanted), value, isLive);
}
