namespace MemoryTriggers.Circuits;

/// <summary>What a process found out about a store.</summary>
/// <param name="Backend">The store.</param>
/// <param name="State">What it found.</param>
/// <param name="Age">How long ago, by the clock of the place where it is shared; zero for what is told only now.</param>
internal sealed record SharedCircuit(string Backend, SharedCircuitState State, TimeSpan Age);
