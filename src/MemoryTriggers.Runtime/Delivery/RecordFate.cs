namespace MemoryTriggers.Delivery;

/// <summary>What becomes of a record.</summary>
internal enum RecordFate
{
    Stored,
    Denied,
    Held,
}
