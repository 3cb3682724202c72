namespace MemoryTriggers.Delivery.Holding;

/// <summary>A record that is to be stored later.</summary>
/// <param name="Number">Its place in the store; 0 before it has one.</param>
/// <param name="Record">The record as the journal had it.</param>
/// <param name="Definition">Its trigger, as JSON: the journal may have forgotten it by then.</param>
/// <param name="Batch">The batch that it is to be stored with; <see langword="null"/> to be decided again.</param>
internal sealed record HeldRecord(long Number, byte[] Record, byte[]? Definition, string? Batch)
{
    /// <summary>Whether it is what was held.</summary>
    public bool IsIntact { get; init; } = true;
}
