using MemoryTriggers.Hooks;
namespace MemoryTriggers.Operations;

/// <summary>Metrics and health with a value in every key, and with as few as there can be.</summary>
internal static class OperationsSample
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 30, 0, 125, TimeSpan.Zero);

    public static MemoryMetrics FullMetrics { get; } = new()
    {
        Timestamp = Start.AddHours(1.5),
        StartedAt = Start,
        InitializationTime = TimeSpan.FromMilliseconds(12.345),
        Status = MemoryServiceStatus.Degraded,
        ActiveBackend = "sqlite",
        Accepted = 1_000,
        Stored = 900,
        Denied = 30,
        Counted = 40,
        DeadLettered = 7,
        Pending = 60,
        Active = 4,
        Fallbacks = 12,
        Switches = 6,
        LastStored = Start.AddMinutes(89.9),
        Dropped = new Dictionary<string, long> { ["priority"] = 11, ["evicted"] = 3, ["Übergröße <&>"] = 2 },
        CaptureFaults = 5,
        Triggers = 17,
        AcceptedByPriority = new Dictionary<TriggerPriority, long> { [TriggerPriority.Low] = 1, [TriggerPriority.Critical] = 2, [TriggerPriority.High] = 3 },
        StoredByType = new Dictionary<TriggerType, long> { [TriggerType.WorkflowCompletion] = 4, [TriggerType.AgentOperation] = 5 },
        QueueAge = TimeSpan.FromSeconds(2.5),
        JournalBytes = 4_096,
        QuarantinedParts = 1,
        QuarantinedBytes = 512,
        QuarantineRemoved = 2,
        Collection = new CollectionStatistics
        {
            CollectedOperations = 50,
            TotalOperations = 49,
            SuccessfulOperations = 45,
            FailedOperations = 2,
            RetriedOperations = 1,
            BatchOperations = 6,
            AverageLatency = TimeSpan.FromMilliseconds(0.7),
            QueueSize = 3,
            CacheHits = 8,
            CacheMisses = 9,
        },
        Policies = new PolicyStatistics(70, 1, [("quiet", 10, 8, 2), ("loud \"one\"", 3, 3, 0)]),
        TotalPolicies = 2,
        EnabledPolicies = 1,
        TypePolicies =
        [
            new TriggerPolicy
            {
                Type = TriggerType.ErrorResolution,
                Enabled = false,
                RateLimits = new Dictionary<string, int> { ["per_minute"] = 60, ["per_hour"] = 600 },
                Rules = [new TriggerPolicyRule { Name = "all", Condition = "true", Decision = default }],
            },
            new TriggerPolicy { Type = TriggerType.AgentOperation },
        ],
        Hooks = new MemoryHooksStatistics
        {
            Enabled = true,
            RegisteredHooks = 3,
            CaptureFaults = 1,
            Counters = new Dictionary<string, HookStatistics>
            {
                ["workflow_complete"] = new() { Executed = 9, Failed = 1, Captured = 8, TotalTime = TimeSpan.FromMilliseconds(90) },
                ["agent_operation_complete"] = new() { Executed = 4, Failed = 0, Captured = 4, TotalTime = TimeSpan.FromMilliseconds(10) },
            },
        },
        ActiveContexts = 2,
        Operations = [Operation("store", 20, 1), Operation("search", 10, 0)],
        CircuitBreakers = [Circuit("sqlite", CircuitState.HalfOpen, Start.AddMinutes(50)), Circuit("mem0", CircuitState.Closed, null)],
        HealthChecks = 90,
        SuccessfulHealthChecks = 88,
        HealthCheckInterval = TimeSpan.FromSeconds(60),
        UptimePercentage = 97.77,
        LastHealthCheck = Start.AddMinutes(89),
        RecoveryAttempts = 2,
        ActiveAlerts = [Alert(null), Alert(Start.AddMinutes(41))],
        AlertsRaised = 5,
        Prediction = new FailurePrediction("error_rate", TimeSpan.FromMinutes(3), 0.25, 0.5),
    };

    public static MemoryMetrics LeastMetrics { get; } = FullMetrics with
    {
        Status = MemoryServiceStatus.Offline,
        LastStored = null,
        Dropped = new Dictionary<string, long>(),
        AcceptedByPriority = new Dictionary<TriggerPriority, long>(),
        StoredByType = new Dictionary<TriggerType, long>(),
        TypePolicies = [],
        Policies = new PolicyStatistics(0, 0, []),
        Hooks = new MemoryHooksStatistics { Enabled = false, RegisteredHooks = 0, CaptureFaults = 0 },
        Operations = [],
        CircuitBreakers = [],
        LastHealthCheck = null,
        ActiveAlerts = [],
        Prediction = null,
    };

    public static MemoryTriggersHealth FullHealth { get; } = new()
    {
        Problems = ["the store \"sqlite\" is away"],
        DataDirectory = "/data",
        JournalMode = "memory",
        Backend = new MemoryBackendHealth("sqlite", IsHealthy: false, "locked"),
        Accepted = 10,
        Stored = 8,
        Denied = 0,
        Counted = 0,
        DeadLettered = 0,
        Pending = 1,
        Held = 0,
        Evicted = 0,
        Dropped = new Dictionary<string, long>(),
        CaptureFaults = 1,
        CacheHits = 0,
        CacheMisses = 0,
        Status = MemoryServiceStatus.Degraded,
        IsQueueSizeFine = false,
        Metrics = FullMetrics,
    };

    public static MemoryTriggersHealth LeastHealth { get; } = FullHealth with
    {
        Problems = [],
        JournalMode = "shared",
        Backend = new MemoryBackendHealth("local", IsHealthy: true, "fine"),
        Pending = 2,
        CaptureFaults = 0,
        Status = MemoryServiceStatus.Healthy,
        IsQueueSizeFine = true,
        Metrics = null,
    };

    public static MemoryAlert Alert(DateTimeOffset? resolvedAt) => new()
    {
        Id = "a-1",
        Kind = AlertKind.QueueAge,
        Message = "the queue is 2.5 s old",
        Value = 2.5,
        Threshold = 1,
        RaisedAt = Start.AddMinutes(40),
        ResolvedAt = resolvedAt,
    };

    private static OperationMetrics Operation(string name, long successes, long failures) => new()
    {
        Operation = name,
        SuccessfulCalls = successes,
        FailedCalls = failures,
        TotalTime = TimeSpan.FromMilliseconds(333.3),
        MinTime = TimeSpan.FromMilliseconds(0.1),
        MaxTime = TimeSpan.FromMilliseconds(99.9),
        P50 = TimeSpan.FromMilliseconds(1),
        P75 = TimeSpan.FromMilliseconds(2),
        P90 = TimeSpan.FromMilliseconds(3),
        P95 = TimeSpan.FromMilliseconds(4),
        P99 = TimeSpan.FromMilliseconds(5),
    };

    private static CircuitBreakerStatus Circuit(string backend, CircuitState state, DateTimeOffset? lastFailure) => new()
    {
        Backend = backend,
        State = state,
        IsIsolated = state == CircuitState.Open,
        Options = new CircuitBreakerOptions(),
        WindowCalls = 30,
        WindowFailures = 7,
        WindowSlow = 2,
        Probes = 2,
        ProbeSuccesses = 1,
        Requests = 300,
        Successes = 290,
        Failures = 10,
        Slow = 4,
        Rejected = 6,
        Opens = 2,
        Closes = 1,
        RecoveryAttempts = 3,
        ConsecutiveFailures = 1,
        AverageResponseTime = TimeSpan.FromMilliseconds(1.5),
        LastSuccess = Start.AddMinutes(60),
        LastFailure = lastFailure,
    };
}
