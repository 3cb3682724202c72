namespace MemoryTriggers;

/// <summary>The counters of one rule since the engine was made; a new set goes on counting for rules of the same name.</summary>
/// <param name="Rule">Its name; <c>type/rule</c> in the short notation.</param>
/// <param name="Executions">How often it matched.</param>
/// <param name="Successes">How often all that it asked for was done.</param>
/// <param name="Failures">How often evaluating it or one of its actions failed.</param>
public sealed record PolicyRuleStatistics(string Rule, long Executions, long Successes, long Failures);
