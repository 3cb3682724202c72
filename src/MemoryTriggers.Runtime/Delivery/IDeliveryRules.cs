namespace MemoryTriggers.Delivery;

/// <summary>Says of each memory what is to become of it, before it is stored. Used from several threads at a time.</summary>
internal interface IDeliveryRules
{
    /// <exception cref="Exception">None: rules that fail let the memory pass.</exception>
    DeliveryRuling Rule(MemoryEntry entry);

    /// <summary>
    /// Makes safe what <see cref="DeliveryRuling.Then"/> has asked for: after this the journal forgets the records. Waits for the disk
    /// only.
    /// </summary>
    void CommitDecisions()
    {
    }
}
