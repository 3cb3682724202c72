namespace MemoryTriggers.Policies;

/// <summary>The effect of an action on the evaluation itself.</summary>
internal enum ActionKind
{
    /// <summary>Nothing: it is handed over to be executed.</summary>
    Effect,
    Score,
    AddTag,
    RemoveTag,
    Log,
    Chain,
    Abort,
    Skip,
}
