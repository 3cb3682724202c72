namespace MemoryTriggers.Hooks;

/// <summary>The counters of one hook.</summary>
internal sealed record HookStatistics
{
    /// <summary>Events reported.</summary>
    public required long Executed { get; init; }

    /// <summary>Those of which a callback failed, or was not done in time.</summary>
    public required long Failed { get; init; }

    /// <summary>Those taken into memory.</summary>
    public required long Captured { get; init; }

    /// <summary>How long they took together, callbacks included.</summary>
    public required TimeSpan TotalTime { get; init; }

    /// <summary>Those whose callbacks, if any, all succeeded.</summary>
    public long Successful => Executed - Failed;
}
