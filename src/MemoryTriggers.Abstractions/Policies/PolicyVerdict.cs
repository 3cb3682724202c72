namespace MemoryTriggers;

/// <summary>The verdict on a memory.</summary>
public enum PolicyVerdict
{
    /// <summary>It is stored as it is.</summary>
    Allow,

    /// <summary>It is not stored.</summary>
    Deny,

    /// <summary>It is stored in the form of <see cref="PolicyDecision.Entry"/>.</summary>
    Modify,

    /// <summary>It is stored later: there are too many just now.</summary>
    Defer,

    /// <summary>It is stored together with others.</summary>
    Batch,
}
