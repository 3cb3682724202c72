namespace MemoryTriggers;

/// <summary>The result of a retention pass.</summary>
/// <param name="Expired">How many were removed at a time of their own.</param>
/// <param name="Retired">How many were removed after a period of <see cref="RetentionOptions"/>.</param>
/// <param name="Archived">How many of them were archived before.</param>
/// <param name="Compressed">How many values were compressed.</param>
public sealed record RetentionResult(long Expired, long Retired, long Archived, long Compressed);
