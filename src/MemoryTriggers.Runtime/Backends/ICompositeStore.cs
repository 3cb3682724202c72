namespace MemoryTriggers.Backends;

/// <summary>A store that is made of others.</summary>
internal interface ICompositeStore
{
    /// <summary>The stores, the first one first.</summary>
    IEnumerable<IMemoryBackend> Stores { get; }
}
