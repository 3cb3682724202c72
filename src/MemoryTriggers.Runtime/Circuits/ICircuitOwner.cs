namespace MemoryTriggers.Circuits;

/// <summary>A backend that has circuit breakers of its own, so that it needs none around it.</summary>
internal interface ICircuitOwner
{
    /// <summary>One for each store, the first one asked first.</summary>
    IReadOnlyList<CircuitBreaker> CircuitBreakers { get; }
}
