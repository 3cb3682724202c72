namespace MemoryTriggers.Circuits;

/// <summary>The state of a circuit, as a process shares it.</summary>
/// <param name="Backend">The store.</param>
/// <param name="State">The state.</param>
/// <param name="Age">How long ago, by the clock of the shared store; zero for a new state.</param>
internal sealed record SharedCircuit(string Backend, SharedCircuitState State, TimeSpan Age);
