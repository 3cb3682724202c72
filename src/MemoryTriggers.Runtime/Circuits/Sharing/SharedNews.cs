namespace MemoryTriggers.Circuits;

/// <summary>The changes that one process sends or receives.</summary>
/// <param name="Circuits">The states of circuits.</param>
/// <param name="Counts">The counts towards rate limits.</param>
internal sealed record SharedNews(IReadOnlyList<SharedCircuit> Circuits, IReadOnlyList<SharedCount> Counts);
