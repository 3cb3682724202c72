namespace MemoryTriggers.Delivery;

/// <summary>The result of the records of a batch.</summary>
internal readonly record struct DeliveryResult(int Stored, int DeadLettered, int Denied = 0, int Held = 0, int Superseded = 0,
    int Counted = 0)
{
    public static DeliveryResult operator +(DeliveryResult left, DeliveryResult right) =>
        new(
            left.Stored + right.Stored,
            left.DeadLettered + right.DeadLettered,
            left.Denied + right.Denied,
            left.Held + right.Held,
            left.Superseded + right.Superseded,
            left.Counted + right.Counted);
}
