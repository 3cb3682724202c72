namespace MemoryTriggers.Operations;

/// <summary>The result of a recovery of the store.</summary>
/// <param name="IsRecovered">Whether it works now.</param>
/// <param name="Attempts">The strategies that were tried, in their order.</param>
internal sealed record RecoveryReport(bool IsRecovered, IReadOnlyList<RecoveryAttempt> Attempts);
