namespace MemoryTriggers.Backends;

/// <summary>A store that is made of others.</summary>
internal interface ICompositeStore
{
    /// <summary>The stores, the first one first.</summary>
    IEnumerable<IMemoryBackend> Stores { get; }

    /// <summary>Says how long a check of the whole may take.</summary>
    Func<TimeSpan> HealthCheckTimeout { set; }

    /// <summary>
    /// How long the check of one store may take, when all are checked at once: the answers of the others are in time, whichever does not
    /// answer.
    /// </summary>
    static TimeSpan Share(TimeSpan whole) => whole * 0.8;
}
