namespace MemoryTriggers.Operations;

/// <summary>The kinds of alerts as they are written in JSON and metrics; the first two are the reference's words.</summary>
internal static class AlertNames
{
    public static string Of(AlertKind kind) => kind switch
    {
        AlertKind.ErrorRate => "high_error_rate",
        AlertKind.SlowOperations => "slow_operation",
        AlertKind.QueueAge => "queue_age",
        AlertKind.DiskSpace => "disk_space",
        AlertKind.Drops => "drops",
        AlertKind.StoreUnavailable => "store_unavailable",
        AlertKind.Failures => "failed_operations",
        AlertKind.Latency => "average_latency",
        AlertKind.Policy => "policy",
        _ => "failure_predicted",
    };
}
