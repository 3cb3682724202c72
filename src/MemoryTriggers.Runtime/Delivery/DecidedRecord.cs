namespace MemoryTriggers.Delivery;

/// <summary>What was decided about a record.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Priority">The priority that the rules gave it; <see langword="null"/> when they left it.</param>
/// <param name="Category">Its category, likewise.</param>
/// <param name="Quality">Its quality, likewise.</param>
/// <param name="Tags">The tags that the rules added.</param>
internal sealed record DecidedRecord(
    RecordFate Fate, TriggerPriority? Priority = null, string? Category = null, double? Quality = null, IReadOnlyList<string>? Tags = null)
{
    public static DecidedRecord Denied { get; } = new(RecordFate.Denied);

    public static DecidedRecord Held { get; } = new(RecordFate.Held);

    private static readonly DecidedRecord Unchanged = new(RecordFate.Stored);

    /// <summary>The record is to be stored, as the rules have changed it.</summary>
    public static DecidedRecord Stored(MemoryEntry before, MemoryEntry after) => ReferenceEquals(before, after)
        ? Unchanged
        : new DecidedRecord(
            RecordFate.Stored,
            after.Priority == before.Priority ? null : after.Priority,
            after.Category == before.Category ? null : after.Category,
            Nullable.Equals(after.QualityScore, before.QualityScore) ? null : after.QualityScore,
            [.. after.Tags.Except(before.Tags)]);

    /// <summary>A correction of the record, changed likewise.</summary>
    public MemoryEntry Apply(MemoryEntry entry) => this == Unchanged ? entry : entry with
    {
        Priority = Priority ?? entry.Priority,
        Category = Category ?? entry.Category,
        QualityScore = Quality ?? entry.QualityScore,
        Tags = [.. entry.Tags.Union(Tags ?? [])],
    };
}
