namespace MemoryTriggers.Circuits;

/// <summary>A store by which processes can tell each other what they know, beside the memories.</summary>
internal interface ISharingStore
{
    /// <summary>Where they do; <see langword="null"/> when nothing is to be shared.</summary>
    ISharedStateStore? SharedState { get; }
}
