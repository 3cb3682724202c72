namespace MemoryTriggers;

/// <summary>The kinds of action that every program has. Others come from <see cref="IPolicyAction"/>.</summary>
public static class PolicyActionTypes
{
    /// <summary>
    /// Stores a new memory. Parameters: <c>content</c>, and optionally <c>key</c>, <c>category</c>, <c>tags</c>, <c>metadata</c>,
    /// <c>project</c>, <c>priority</c>.
    /// </summary>
    public const string CreateMemory = "create_memory";

    /// <summary>Looks memories up. Parameters: <c>query</c> or <c>memory_id</c>, and optionally <c>limit</c>.</summary>
    public const string RecallMemory = "recall_memory";

    /// <summary>Changes a stored memory. Parameters: <c>memory_id</c>, and what to change.</summary>
    public const string UpdateMemory = "update_memory";

    /// <summary>Removes a stored memory. Parameters: <c>memory_id</c>.</summary>
    public const string DeleteMemory = "delete_memory";

    /// <summary>Marks a stored memory as archived. Parameters: <c>memory_id</c>, <c>archive_location</c>.</summary>
    public const string ArchiveMemory = "archive_memory";

    /// <summary>Sets the quality of this memory. Parameters: <c>score</c>, 0 to 1.</summary>
    public const string SetQualityScore = "set_quality_score";

    /// <summary>Adds a tag to this memory. Parameters: <c>tag</c>.</summary>
    public const string AddTag = "add_tag";

    /// <summary>Takes a tag from this memory. Parameters: <c>tag</c>.</summary>
    public const string RemoveTag = "remove_tag";

    /// <summary>Raises an alert. Parameters: <c>alert_type</c>, <c>message</c>.</summary>
    public const string TriggerAlert = "trigger_alert";

    /// <summary>Writes a line to the log. Parameters: <c>level</c>, <c>message</c>.</summary>
    public const string LogEvent = "log_event";

    /// <summary>Calls an address. Parameters: <c>url</c>, <c>method</c>, <c>headers</c>, <c>data</c>.</summary>
    public const string ExecuteWebhook = "execute_webhook";

    /// <summary>Applies another rule to this memory. Parameters: <c>policy_name</c>, <c>context</c>.</summary>
    public const string ChainPolicy = "chain_policy";

    /// <summary>Denies this memory and ends the evaluation.</summary>
    public const string Abort = "abort";

    /// <summary>Leaves out the remaining actions of this rule.</summary>
    public const string Skip = "skip";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        CreateMemory, RecallMemory, UpdateMemory, DeleteMemory, ArchiveMemory, SetQualityScore, AddTag, RemoveTag, TriggerAlert, LogEvent,
        ExecuteWebhook, ChainPolicy, Abort, Skip,
    ];
}
