namespace MemoryTriggers.Operations;

/// <summary>The hooks with the keys of the reference.</summary>
internal sealed class HooksJson(MemoryMetrics metrics)
{
    public long HooksExecuted => metrics.Hooks.HooksExecuted;

    public long SuccessfulHooks => metrics.Hooks.SuccessfulHooks;

    public long FailedHooks => metrics.Hooks.FailedHooks;

    public long MemoryCaptures => metrics.Hooks.MemoryCaptures;

    public double AverageHookTime => metrics.Hooks.AverageHookTime.TotalSeconds;

    public int ActiveContexts => metrics.ActiveContexts;

    public IReadOnlyDictionary<string, long> HooksByType => JsonMaps.Of(
        metrics.Hooks.HooksByType.OrderBy(static hook => hook.Key, StringComparer.Ordinal),
        static hook => hook.Key,
        static hook => hook.Value.Executed);

    public int RegisteredHooks => metrics.Hooks.RegisteredHooks;

    public bool Enabled => metrics.Hooks.Enabled;
}
