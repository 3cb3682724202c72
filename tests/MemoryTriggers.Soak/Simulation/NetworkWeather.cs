namespace MemoryTriggers.Soak.Simulation;

/// <summary>How the way to the store is.</summary>
internal enum NetworkWeather
{
    Calm,
    Slow,
    Down,

    /// <summary>Nothing is stored, and no answer comes.</summary>
    Silent,

    /// <summary>A part of the batch is stored, then the connection breaks.</summary>
    Partial,

    /// <summary>All is stored, then the connection breaks.</summary>
    ReplyLost,

    /// <summary>All is stored, and no answer comes.</summary>
    ReplyNeverComes,

    /// <summary>Any of the others, for each request.</summary>
    Changing,
}
