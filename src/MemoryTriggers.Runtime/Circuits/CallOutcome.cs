namespace MemoryTriggers.Circuits;

/// <summary>How a call of a store ended, for its circuit.</summary>
internal enum CallOutcome
{
    /// <summary>It was answered.</summary>
    Success,

    /// <summary>It was not.</summary>
    Failure,

    /// <summary>Whoever called gave up: that says nothing of the store.</summary>
    GivenUp,
}
