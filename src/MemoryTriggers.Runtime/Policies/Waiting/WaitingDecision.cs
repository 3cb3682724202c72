namespace MemoryTriggers.Policies;

/// <summary>A decision whose actions wait to be executed.</summary>
/// <param name="Number">Its place on disk; 0 when it is in memory only.</param>
/// <param name="Decision">The decision.</param>
internal readonly record struct WaitingDecision(long Number, PolicyDecision Decision);
