namespace MemoryTriggers;

/// <summary>The result of an import.</summary>
/// <param name="Stored">How many memories it stored.</param>
/// <param name="Kept">How many were there already, and stayed as they are.</param>
/// <param name="Skipped">How many lines were no memories.</param>
public sealed record ImportResult(long Stored, long Kept, long Skipped);
