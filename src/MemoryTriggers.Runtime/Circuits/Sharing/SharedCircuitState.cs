namespace MemoryTriggers.Circuits;

/// <summary>What processes tell each other about a circuit.</summary>
internal enum SharedCircuitState
{
    /// <summary>The store answers again.</summary>
    Closed,

    /// <summary>The store fails, or is too slow.</summary>
    Open,

    /// <summary>Somebody isolated it, for all.</summary>
    Isolated,

    /// <summary>Somebody reset it after that, for all.</summary>
    Reset,
}
