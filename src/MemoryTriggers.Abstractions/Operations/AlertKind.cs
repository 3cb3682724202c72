namespace MemoryTriggers;

/// <summary>The kind of an alert.</summary>
public enum AlertKind
{
    /// <summary>Too many calls of the store fail.</summary>
    ErrorRate,

    /// <summary>Calls of the store take too long.</summary>
    SlowOperations,

    /// <summary>A record has waited too long for the store.</summary>
    QueueAge,

    /// <summary>The disk of the data folder is nearly full.</summary>
    DiskSpace,

    /// <summary>Records are being lost.</summary>
    Drops,

    /// <summary>The store does not answer its health check, or its circuit is open.</summary>
    StoreUnavailable,

    /// <summary>If the trend continues, the circuit of the store opens soon.</summary>
    FailurePredicted,

    /// <summary>Calls of the store have failed, as many as are an alert whatever their share.</summary>
    Failures,

    /// <summary>Calls of the store take too long on average.</summary>
    Latency,

    /// <summary>A rule of a policy raises it (<c>trigger_alert</c>). It has no end.</summary>
    Policy,
}
