namespace MemoryTriggers.Operations;

/// <summary>The triggers with the keys of the reference.</summary>
internal sealed class OrchestratorJson(MemoryMetrics metrics)
{
    public long TotalTriggers => metrics.Accepted;

    public long SuccessfulTriggers => metrics.Stored;

    public long FailedTriggers =>
        metrics.DeadLettered + metrics.Dropped.Where(static drop => drop.Key != "priority").Sum(static drop => drop.Value);

    public long SkippedTriggers => metrics.Denied + metrics.Dropped.GetValueOrDefault("priority");

    public double ProcessingTimeTotal =>
        metrics.Operations.FirstOrDefault(static operation => operation.Operation == "store")?.TotalTime.TotalSeconds ?? 0;

    public IReadOnlyDictionary<string, long> TriggersByType => JsonMaps.Counts(metrics.StoredByType, static type => type.Name());

    public IReadOnlyDictionary<string, long> TriggersByPriority =>
        JsonMaps.Counts(metrics.AcceptedByPriority, static priority => priority.Name());

    public DateTimeOffset? LastTriggerTime => metrics.LastStored;

    public long QueueSize => metrics.Pending;

    public long ActiveTriggers => metrics.Active;

    public double QueueAge => metrics.QueueAge.TotalSeconds;

    public bool Enabled { get; } = true;

    public bool Initialized => metrics.Status != MemoryServiceStatus.Offline;

    public IReadOnlyDictionary<string, PolicyJson> Policies => PolicyJson.ByType(metrics.TypePolicies);
}
