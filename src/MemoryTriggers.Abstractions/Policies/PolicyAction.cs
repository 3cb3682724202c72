using System.Text.Json;

namespace MemoryTriggers;

/// <summary>An action of a rule, applied when the rule matches. Immutable.</summary>
public sealed record PolicyAction
{
    /// <summary>One of <see cref="PolicyActionTypes"/>, or the type of an <see cref="IPolicyAction"/>.</summary>
    public required string Type { get; init; }

    /// <summary>A JSON object; texts in it may say <c>${field}</c>. <value>An empty object.</value></summary>
    public JsonElement Parameters { get; init; } = MemoryEntry.EmptyObject;

    /// <summary>Only when this holds as well.</summary>
    public PolicyCondition? Condition { get; init; }

    /// <summary>The number of the action: 1 is executed before 2. Equal ones keep their order. <value>0</value></summary>
    public int Priority { get; init; }

    /// <summary>Does not hold up the actions after it.</summary>
    public bool AsyncExecution { get; init; }

    /// <summary>How often a failed action is tried again. <value>0</value></summary>
    public int RetryCount { get; init; }

    /// <summary>How long to wait before that. <value>1 s</value></summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one attempt may take. <value>30 s</value></summary>
    public TimeSpan? Timeout { get; init; }
}
