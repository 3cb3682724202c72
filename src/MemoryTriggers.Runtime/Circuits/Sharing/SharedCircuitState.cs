namespace MemoryTriggers.Circuits;

/// <summary>What processes tell each other about a circuit.</summary>
internal enum SharedCircuitState
{
    /// <summary>The store answers again.</summary>
    Closed,

    /// <summary>The store fails, or is too slow.</summary>
    Open,

    /// <summary>It is isolated by hand, for all.</summary>
    Isolated,

    /// <summary>It is reset after that, for all.</summary>
    Reset,
}
