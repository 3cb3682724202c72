namespace MemoryTriggers;

/// <summary>The state of a <see cref="CircuitBreaker"/>.</summary>
public enum CircuitState
{
    /// <summary>Lets them through.</summary>
    Closed,

    /// <summary>Refuses them at once.</summary>
    Open,

    /// <summary>Lets a few through, to see whether the store works again.</summary>
    HalfOpen,
}
