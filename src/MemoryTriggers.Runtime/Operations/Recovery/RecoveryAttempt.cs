namespace MemoryTriggers.Operations;

/// <summary>One strategy that was tried to bring the store back.</summary>
/// <param name="Strategy">Its name: <c>service_health</c>, <c>configuration</c>, <c>connectivity</c> or <c>persistence</c>.</param>
/// <param name="At">When it began, in UTC.</param>
/// <param name="Duration">How long it took, the question whether the store works now included.</param>
/// <param name="IsSuccess">Whether the store works after it.</param>
/// <param name="Detail">The result, without any payload.</param>
internal sealed record RecoveryAttempt(string Strategy, DateTimeOffset At, TimeSpan Duration, bool IsSuccess, string Detail);
