namespace MemoryTriggers;

/// <summary>Why a policy decided as it did. Carries nothing of the memory itself.</summary>
/// <param name="Rule">The rule or policy that spoke.</param>
/// <param name="Condition">The condition that held, or what else it was (<c>default</c>, <c>rate_limits</c>, <c>enabled</c>).</param>
/// <param name="Why">The consequence, as a sentence.</param>
public sealed record PolicyReason(string Rule, string Condition, string Why)
{
    /// <inheritdoc />
    public override string ToString() => $"{Rule} [{Condition}]: {Why}";
}
