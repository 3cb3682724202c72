namespace MemoryTriggers;

/// <summary>The counters of a <see cref="PolicyEngine"/>.</summary>
/// <param name="Evaluations">Memories that rules were asked about; those to which no rule can apply are not counted.</param>
/// <param name="Errors">Evaluations that failed as a whole.</param>
/// <param name="Rules">The counters of each rule.</param>
public sealed record PolicyStatistics(long Evaluations, long Errors,
    IReadOnlyList<(string Rule, long Executions, long Successes, long Failures)> Rules);
