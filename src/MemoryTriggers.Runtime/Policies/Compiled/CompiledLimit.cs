namespace MemoryTriggers.Policies;

/// <summary>A rate limit of a rule or of a type's policy.</summary>
/// <param name="Index">Its place among the limits of the rule.</param>
/// <param name="Count">How many.</param>
/// <param name="Window">In what time.</param>
/// <param name="IsNegated">Whether the condition holds above the limit instead of below.</param>
/// <param name="Slot">The field whose values are counted apart; -1 counts all together.</param>
internal sealed record CompiledLimit(int Index, int Count, TimeSpan Window, bool IsNegated, int Slot);
