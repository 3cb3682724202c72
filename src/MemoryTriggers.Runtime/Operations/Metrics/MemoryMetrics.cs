using MemoryTriggers.Operations;

namespace MemoryTriggers;

/// <summary>The figures of the service since its start. <see cref="ToJson"/> writes them with the reference's keys.</summary>
public sealed record MemoryMetrics
{
    /// <summary>When they were taken, in UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When the service was started, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long the start took, the opening of the store included.</summary>
    public required TimeSpan InitializationTime { get; init; }

    /// <summary>Its status.</summary>
    public required MemoryServiceStatus Status { get; init; }

    /// <summary>The store that a batch would go to now.</summary>
    public required string ActiveBackend { get; init; }

    /// <summary>Records taken into the journal, those found there at the start included.</summary>
    public required long Accepted { get; init; }

    /// <summary>Records that are in the store.</summary>
    public required long Stored { get; init; }

    /// <summary>Records that the policies denied.</summary>
    public required long Denied { get; init; }

    /// <summary>Uneventful successes of broad triggers: counted with their durations, and no memories.</summary>
    public required long Counted { get; init; }

    /// <summary>Records that could not be stored and were kept aside.</summary>
    public required long DeadLettered { get; init; }

    /// <summary>Records that are still on their way.</summary>
    public required long Pending { get; init; }

    /// <summary>Those of <see cref="Pending"/> that are being stored now.</summary>
    public required long Active { get; init; }

    /// <summary>When the operation of the newest stored memory ended, in UTC; <see langword="null"/> before the first.</summary>
    public required DateTimeOffset? LastStored { get; init; }

    /// <summary>Records that are lost, by reason, as in <see cref="MemoryTriggersHealth.Dropped"/>.</summary>
    public required IReadOnlyDictionary<string, long> Dropped { get; init; }

    /// <summary>Failures inside capture that were kept from the program.</summary>
    public required long CaptureFaults { get; init; }

    /// <summary>Triggers of which something was recorded.</summary>
    public required int Triggers { get; init; }

    /// <summary>Records taken by priority, those found at the start included.</summary>
    public required IReadOnlyDictionary<TriggerPriority, long> AcceptedByPriority { get; init; }

    /// <summary>Memories stored by the type of their trigger.</summary>
    public required IReadOnlyDictionary<TriggerType, long> StoredByType { get; init; }

    /// <summary>How long the oldest record has waited for the store; zero when none does.</summary>
    public required TimeSpan QueueAge { get; init; }

    /// <summary>The disk that the journal takes, in bytes.</summary>
    public required long JournalBytes { get; init; }

    /// <summary>Damaged parts of the journal that are kept aside, as of the start.</summary>
    public int QuarantinedParts { get; init; }

    /// <summary>The disk that they take, in bytes.</summary>
    public long QuarantinedBytes { get; init; }

    /// <summary>
    /// Those that were removed at the start, for age or room (<see cref="JournalOptions.QuarantineAge"/>,
    /// <see cref="JournalOptions.QuarantineBytes"/>).
    /// </summary>
    public int QuarantineRemoved { get; init; }

    /// <summary>The counters of collection and of the way to the store.</summary>
    public required CollectionStatistics Collection { get; init; }

    /// <summary>The counters of the policies.</summary>
    public required PolicyStatistics Policies { get; init; }

    /// <summary>How many policies and rules are given.</summary>
    public required int TotalPolicies { get; init; }

    /// <summary>Those of them that are switched on.</summary>
    public required int EnabledPolicies { get; init; }

    /// <summary>The policies in the short notation, one for a type of trigger.</summary>
    public required IReadOnlyList<TriggerPolicy> TypePolicies { get; init; }

    /// <summary>The counters of hooks.</summary>
    public required MemoryHooksStatistics Hooks { get; init; }

    /// <summary>Contexts (<see cref="MemoryContext.Begin"/>) that are open in the process.</summary>
    public required int ActiveContexts { get; init; }

    /// <summary>The calls of the store, by operation.</summary>
    internal IReadOnlyList<OperationMetrics> Operations { get; init; } = [];

    /// <summary>The circuit breakers, the store asked first in front.</summary>
    public required IReadOnlyList<CircuitBreakerStatus> CircuitBreakers { get; init; }

    /// <summary>How often the store was asked whether it works.</summary>
    public required long HealthChecks { get; init; }

    /// <summary>How often it answered that it does.</summary>
    public required long SuccessfulHealthChecks { get; init; }

    /// <summary>How often it is asked.</summary>
    public required TimeSpan HealthCheckInterval { get; init; }

    /// <summary>The share of health checks that it passed, 0 to 100; 100 before the first.</summary>
    public required double UptimePercentage { get; init; }

    /// <summary>When it was asked last, in UTC; <see langword="null"/> before the first time.</summary>
    public required DateTimeOffset? LastHealthCheck { get; init; }

    /// <summary>How many strategies were tried to bring the store back.</summary>
    public required long RecoveryAttempts { get; init; }

    /// <summary>Alerts that are not over, oldest first.</summary>
    public required IReadOnlyList<MemoryAlert> ActiveAlerts { get; init; }

    /// <summary>Alerts that were raised.</summary>
    public required long AlertsRaised { get; init; }

    /// <summary>The predicted failure of the store; <see langword="null"/> when there is none.</summary>
    internal FailurePrediction? Prediction { get; init; }

    /// <summary>Whether any type of trigger is on.</summary>
    internal bool IsCaptureOn { get; init; } = true;

    /// <summary>Whether reads are cached.</summary>
    internal bool IsCacheOn { get; init; } = true;

    /// <summary>Calls that a store of a chain took or answered because one before it did not.</summary>
    internal long Fallbacks { get; init; }

    /// <summary>How often the memories of a chain went to another store than those before.</summary>
    internal long Switches { get; init; }

    /// <summary>
    /// As JSON with the reference's keys; times are in seconds unless the key says otherwise. docs/operations.md lists them.
    /// </summary>
    public string ToJson() => MetricsJson.ToNode(this).ToJsonString();
}
