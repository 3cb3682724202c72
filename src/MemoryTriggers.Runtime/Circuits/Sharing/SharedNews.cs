namespace MemoryTriggers.Circuits;

/// <summary>What one process has to tell, or is told.</summary>
/// <param name="Circuits">The states of circuits.</param>
/// <param name="Counts">What was counted towards rate limits.</param>
internal sealed record SharedNews(IReadOnlyList<SharedCircuit> Circuits, IReadOnlyList<SharedCount> Counts);
