namespace MemoryTriggers.Files;

/// <summary>The facts about a file on a disk.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="WrittenAt">When it was written last, in UTC.</param>
internal readonly record struct DiskFileFacts(long Bytes, DateTimeOffset WrittenAt);
