namespace MemoryTriggers.Policies;

/// <summary>Whether a condition holds for a memory.</summary>
/// <param name="Condition">The condition in words.</param>
/// <param name="Holds">Whether it holds; <see langword="null"/> when testing it failed.</param>
/// <param name="Parts">The conditions inside a composite.</param>
internal sealed record PolicyConditionExplanation(string Condition, bool? Holds, IReadOnlyList<PolicyConditionExplanation> Parts);
