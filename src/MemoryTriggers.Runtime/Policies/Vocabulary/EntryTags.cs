namespace MemoryTriggers.Policies;

/// <summary>The tags of a memory, without duplicates.</summary>
internal static class EntryTags
{
    public static MemoryEntry Add(MemoryEntry entry, string tag) =>
        tag.Length == 0 || entry.Tags.Contains(tag) ? entry : entry with { Tags = [.. entry.Tags, tag] };

    public static MemoryEntry Remove(MemoryEntry entry, string tag) =>
        entry.Tags.Contains(tag) ? entry with { Tags = [.. entry.Tags.Where(known => known != tag)] } : entry;
}
