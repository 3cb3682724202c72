namespace MemoryTriggers.Policies;

/// <summary>Names for the results of the actions before, in the same rule.</summary>
internal static class ResultNames
{
    /// <summary>The id of the memory that the last <c>create_memory</c> before makes.</summary>
    public const string CreatedMemory = "created_memory_id";

    /// <summary>How many memories the last <c>recall_memory</c> before has found. Known only when that has run.</summary>
    public const string RecalledCount = "recalled_memories_count";

    /// <summary>The tags of the memory that <c>update_memory</c> changes.</summary>
    public const string ExistingTags = "existing_tags";

    public static readonly string[] All = [CreatedMemory, RecalledCount, ExistingTags];

    /// <summary>The type of action that gives the value; <see langword="null"/> for other names.</summary>
    public static string? GivenBy(string name) => name switch
    {
        CreatedMemory => PolicyActionTypes.CreateMemory,
        RecalledCount => PolicyActionTypes.RecallMemory,
        _ => null,
    };
}
