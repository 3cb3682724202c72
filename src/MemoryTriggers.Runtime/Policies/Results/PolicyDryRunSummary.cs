namespace MemoryTriggers.Policies;

/// <summary>The decisions that a set of policies would have made.</summary>
/// <param name="Entries">How many memories were evaluated.</param>
/// <param name="Errors">How many evaluations failed as a whole.</param>
/// <param name="Verdicts">How many of them got each verdict.</param>
/// <param name="Actions">How many actions of each kind would have been executed.</param>
/// <param name="Rules">The counters of each rule. Successes do not count what was not executed.</param>
internal sealed record PolicyDryRunSummary(
    long Entries, long Errors, IReadOnlyDictionary<PolicyVerdict, long> Verdicts, IReadOnlyDictionary<string, long> Actions,
    IReadOnlyList<(string Rule, long Executions, long Successes, long Failures)> Rules);
