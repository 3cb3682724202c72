namespace MemoryTriggers.Hooks;

/// <summary>An error occurred, or, with a solution, was resolved.</summary>
public sealed record ErrorOccurred : ErrorHookEvent
{
    /// <inheritdoc/>
    public override HookType Type => HookType.ErrorResolution;
}
