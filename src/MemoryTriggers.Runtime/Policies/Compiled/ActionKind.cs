namespace MemoryTriggers.Policies;

/// <summary>What an action does to the evaluation itself.</summary>
internal enum ActionKind
{
    /// <summary>Nothing: it is handed over to be carried out.</summary>
    Effect,
    Score,
    AddTag,
    RemoveTag,
    Log,
    Chain,
    Abort,
    Skip,
}
