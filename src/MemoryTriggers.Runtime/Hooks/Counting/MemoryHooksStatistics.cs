using MemoryTriggers.Hooks;

namespace MemoryTriggers;

/// <summary>The counters of hooks, since the start.</summary>
public sealed record MemoryHooksStatistics
{
    /// <summary>Whether hooks do anything.</summary>
    public required bool Enabled { get; init; }

    /// <summary>How many callbacks there are now.</summary>
    public required int RegisteredHooks { get; init; }

    /// <summary>
    /// Failures while an event was being remembered, as by metadata that throws. They were kept from the program, and the event was lost.
    /// </summary>
    public required long CaptureFaults { get; init; }

    /// <summary>Events reported, by the name of the hook, such as <c>workflow_complete</c>; hooks without any event included.</summary>
    public IReadOnlyDictionary<string, long> HooksByType =>
        Counters.ToDictionary(static hook => hook.Key, static hook => hook.Value.Executed);

    /// <summary>Events reported.</summary>
    public long HooksExecuted => Counters.Values.Sum(static hook => hook.Executed);

    /// <summary>Events whose callbacks, if any, all succeeded.</summary>
    public long SuccessfulHooks => Counters.Values.Sum(static hook => hook.Successful);

    /// <summary>Events of which a callback failed, or was not done in time.</summary>
    public long FailedHooks => Counters.Values.Sum(static hook => hook.Failed);

    /// <summary>Events taken into memory.</summary>
    public long MemoryCaptures => Counters.Values.Sum(static hook => hook.Captured);

    /// <summary>How long an event took on average, callbacks included; zero before the first.</summary>
    public TimeSpan AverageHookTime => HooksExecuted == 0
        ? TimeSpan.Zero
        : new TimeSpan(Counters.Values.Sum(static hook => hook.TotalTime.Ticks) / HooksExecuted);

    internal IReadOnlyDictionary<string, HookStatistics> Counters { get; init; } = new Dictionary<string, HookStatistics>();
}
