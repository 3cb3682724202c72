namespace MemoryTriggers.Duplicates;

/// <summary>A memory with which new ones are compared.</summary>
/// <param name="Id">Which one.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Fingerprint">A fingerprint of its content, for exact repeats.</param>
/// <param name="Group">Its project, user, category and key.</param>
/// <param name="Words">The hashes of its words, in order; empty when similarity is not asked for.</param>
internal sealed record RecentMemory(Guid Id, DateTimeOffset CreatedAt, UInt128 Fingerprint, string Group, int[] Words);
