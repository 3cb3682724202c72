namespace MemoryTriggers.Circuits;

/// <summary>How the time of a call of a store is limited.</summary>
internal enum CallLength
{
    /// <summary>Its circuit does.</summary>
    Limited,

    /// <summary>The caller limits the time. A call canceled after it was slow already counts as failed.</summary>
    LimitedByCaller,

    /// <summary>Unlimited: the time is in proportion to the amount of data, and the call is never slow.</summary>
    Long,
}
