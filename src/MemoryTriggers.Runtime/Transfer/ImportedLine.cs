namespace MemoryTriggers.Transfer;

/// <summary>A memory of a file that is imported, and the number of its line.</summary>
internal readonly record struct ImportedLine(long Number, MemoryEntry Entry);
