namespace MemoryTriggers.Circuits;

/// <summary>How a call of a store ended, for its circuit.</summary>
internal enum CallOutcome
{
    /// <summary>It was answered.</summary>
    Success,

    /// <summary>It was not.</summary>
    Failure,

    /// <summary>The caller canceled: no information about the store.</summary>
    GivenUp,
}
