namespace MemoryTriggers.Hooks;

/// <summary>The events that were left out before this one.</summary>
/// <param name="Repeats">How often the same came.</param>
/// <param name="Limited">How many were too many.</param>
internal readonly record struct HookPass(long Repeats, long Limited)
{
    public void AddTo(Dictionary<string, object?> metadata)
    {
        if (Repeats > 0) metadata["repeats"] = Repeats;
        if (Limited > 0) metadata["left_out"] = Limited;
    }
}
