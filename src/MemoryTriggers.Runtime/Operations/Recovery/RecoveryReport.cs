namespace MemoryTriggers;

/// <summary>What came of trying to bring the store back.</summary>
/// <param name="IsRecovered">Whether it works now.</param>
/// <param name="Attempts">The strategies that were tried, in their order.</param>
public sealed record RecoveryReport(bool IsRecovered, IReadOnlyList<RecoveryAttempt> Attempts);
