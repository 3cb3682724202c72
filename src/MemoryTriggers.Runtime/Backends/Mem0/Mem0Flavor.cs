namespace MemoryTriggers;

/// <summary>The two servers of mem0, whose interfaces differ.</summary>
public enum Mem0Flavor
{
    /// <summary>The service at api.mem0.ai, version 3 of its interface.</summary>
    Hosted,

    /// <summary>The open-source server that one runs oneself.</summary>
    SelfHosted,
}
