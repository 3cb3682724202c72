namespace MemoryTriggers.Circuits;

/// <summary>The states of a circuit that processes share.</summary>
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
