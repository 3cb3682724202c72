namespace MemoryTriggers.Files;

/// <summary>What a disk knows of a file.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="WrittenAt">When it was written last, in UTC.</param>
internal readonly record struct DiskFileFacts(long Bytes, DateTimeOffset WrittenAt);
