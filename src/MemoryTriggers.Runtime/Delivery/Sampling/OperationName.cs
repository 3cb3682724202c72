namespace MemoryTriggers.Delivery.Sampling;

/// <summary>An operation: the key of its memories, within a project.</summary>
internal readonly record struct OperationName(string Project, string Key)
{
    public static OperationName Of(MemoryEntry entry) => new(entry.Project, entry.Key);
}
