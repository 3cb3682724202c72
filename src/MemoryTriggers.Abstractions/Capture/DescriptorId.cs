namespace MemoryTriggers.Capture;

/// <summary>Hashes a definition with 64-bit FNV-1a (constants from draft-eastlake-fnv): stable across processes and machines.</summary>
internal static class DescriptorId
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(TriggerDefinition definition)
    {
        var hash = OffsetBasis;
        Add(ref hash, definition.Type.Name());
        Add(ref hash, definition.DeclaringType);
        Add(ref hash, definition.Signature);
        Add(ref hash, definition.Operation);
        Add(ref hash, definition.Subject);
        Add(ref hash, definition.Project);
        Add(ref hash, definition.Source);
        Add(ref hash, definition.Content);
        Add(ref hash, definition.Priority?.Name());
        Add(ref hash, definition.IsCommandLine ? "cli" : null);
        foreach (var tag in definition.Tags) Add(ref hash, tag);
        foreach (var parameter in definition.Parameters) Add(ref hash, parameter);
        return hash;
    }

    private static void Add(ref ulong hash, string? text)
    {
        foreach (var character in text ?? "") hash = (hash ^ character) * Prime;
        hash = (hash ^ 0x1F) * Prime;
    }
}
