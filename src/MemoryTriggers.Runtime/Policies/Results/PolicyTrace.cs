namespace MemoryTriggers;

/// <summary>A decision as it is kept: what was decided of which memory and why, without the memory.</summary>
/// <param name="EntryId">The memory.</param>
/// <param name="DecidedAt">When, in UTC.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reasons">The rules that decided, with their reasons.</param>
/// <param name="ActionCount">How many actions were handed over.</param>
public readonly record struct PolicyTrace(Guid EntryId, DateTimeOffset DecidedAt, PolicyVerdict Verdict,
    IReadOnlyList<PolicyReason> Reasons, int ActionCount);
