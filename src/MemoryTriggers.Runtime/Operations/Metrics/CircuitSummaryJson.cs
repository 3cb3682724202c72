namespace MemoryTriggers.Operations;

/// <summary>How many circuit breakers there are in each state, with the keys of the reference.</summary>
internal sealed class CircuitSummaryJson(IReadOnlyList<CircuitBreakerStatus> circuits)
{
    public int TotalCircuitBreakers => circuits.Count;

    public int OpenCircuitBreakers => Count(CircuitState.Open);

    public int HalfOpenCircuitBreakers => Count(CircuitState.HalfOpen);

    public int ClosedCircuitBreakers => Count(CircuitState.Closed);

    public IEnumerable<string> CircuitBreakerNames => circuits.Select(static circuit => circuit.Backend);

    private int Count(CircuitState state) => circuits.Count(circuit => circuit.State == state);
}
