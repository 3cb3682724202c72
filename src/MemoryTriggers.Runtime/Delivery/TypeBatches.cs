namespace MemoryTriggers.Delivery;

/// <summary>
/// Divides a batch by the limits of the types: a type with a size or a time limit of its own is stored apart from the others.
/// </summary>
internal static class TypeBatches
{
    /// <summary>The parts, each to be stored at once. Records of one memory are in one part.</summary>
    public static IEnumerable<List<PendingRecord>> Of(List<PendingRecord> records, TriggerLimits? limits)
    {
        if (records.Count == 0) return [];
        if (limits is null or { IsNone: true }) return [records];
        return records.GroupBy(record => limits.Apart(record.Entry)).SelectMany(static type => type.Key is { BatchSize: > 0 and var size }
            ? type.GroupBy(static record => record.Entry.Id).Chunk(size)
                .Select(static part => part.SelectMany(static same => same).ToList())
            : [type.ToList()]);
    }
}
