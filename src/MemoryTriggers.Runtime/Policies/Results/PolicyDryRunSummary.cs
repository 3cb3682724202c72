namespace MemoryTriggers;

/// <summary>What a set of policies would have done.</summary>
/// <param name="Entries">How many memories were looked at.</param>
/// <param name="Errors">How many evaluations failed as a whole.</param>
/// <param name="Verdicts">How many of them got each verdict.</param>
/// <param name="Actions">How many actions of each kind would have been carried out.</param>
/// <param name="Rules">The counters of each rule. Successes do not count what was not carried out.</param>
public sealed record PolicyDryRunSummary(
    long Entries, long Errors, IReadOnlyDictionary<PolicyVerdict, long> Verdicts, IReadOnlyDictionary<string, long> Actions, IReadOnlyList<PolicyRuleStatistics> Rules);
