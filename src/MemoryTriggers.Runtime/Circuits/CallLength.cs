namespace MemoryTriggers.Circuits;

/// <summary>Who limits the time of a call of a store.</summary>
internal enum CallLength
{
    /// <summary>Its circuit does.</summary>
    Limited,

    /// <summary>Whoever calls does. A call that is given up when it was slow already counts as failed.</summary>
    LimitedByCaller,

    /// <summary>Nobody: it takes time in proportion to what there is, and is never slow.</summary>
    Long,
}
