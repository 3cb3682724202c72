namespace MemoryTriggers.Delivery;

/// <summary>What became of the records of a batch.</summary>
internal readonly record struct DeliveryResult(int Stored, int DeadLettered)
{
    public static DeliveryResult operator +(DeliveryResult left, DeliveryResult right) =>
        new(left.Stored + right.Stored, left.DeadLettered + right.DeadLettered);
}
