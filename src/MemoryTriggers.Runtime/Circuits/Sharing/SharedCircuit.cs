namespace MemoryTriggers.Circuits;

/// <summary>What a process found out about a store.</summary>
/// <param name="Backend">The store.</param>
/// <param name="State">What it found.</param>
/// <param name="Age">How long ago, by the clock of the shared store; zero for a new state.</param>
internal sealed record SharedCircuit(string Backend, SharedCircuitState State, TimeSpan Age);
