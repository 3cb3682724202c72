namespace MemoryTriggers.Backends.Sqlite;

/// <summary>The result of a restore.</summary>
/// <param name="Memories">How many the backup has.</param>
/// <param name="Kept">Where what was replaced is now; <see langword="null"/> when nothing was.</param>
internal sealed record SqliteRestoreResult(long Memories, string? Kept);
