namespace MemoryTriggers.Circuits;

/// <summary>Where processes leave what they know for each other. Asked by one loop, one call at a time.</summary>
internal interface ISharedStateStore
{
    /// <summary>Whether circuits are shared.</summary>
    bool SharesCircuits { get; }

    /// <summary>Whether rate limits are shared.</summary>
    bool SharesLimits { get; }

    /// <summary>How often to ask.</summary>
    TimeSpan Interval { get; }

    /// <summary>Leaves what is new here, and takes what is new there. The same news again is harmless.</summary>
    /// <exception cref="MemoryBackendException">It cannot be reached.</exception>
    ValueTask<SharedNews> ExchangeAsync(SharedNews own, CancellationToken cancellationToken);
}
