namespace MemoryTriggers.Policies;

/// <summary>The evaluation of a memory by a rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Matches">Whether it would match now.</param>
/// <param name="Why">Why, or why not, as a sentence.</param>
/// <param name="Conditions">Each of its conditions; its scope first, where it has one.</param>
internal sealed record PolicyExplanation(string Rule, bool Matches, string Why, IReadOnlyList<PolicyConditionExplanation> Conditions);
