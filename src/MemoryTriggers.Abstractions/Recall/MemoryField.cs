namespace MemoryTriggers;

/// <summary>The part of a memory in which a search found something.</summary>
public enum MemoryField
{
    /// <summary><see cref="MemoryEntry.Content"/>.</summary>
    Content,

    /// <summary><see cref="MemoryEntry.Key"/>.</summary>
    Key,

    /// <summary><see cref="MemoryEntry.Tags"/>.</summary>
    Tags,

    /// <summary>What was said just before or after it, when it is a line of a conversation.</summary>
    Context,
}
