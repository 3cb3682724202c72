namespace MemoryTriggers;

/// <summary>The names under which enum values are stored, configured and shown: lower case, words joined by an underscore.</summary>
public static class TriggerNames
{
    private static readonly string[] Types =
    [
        "workflow_completion", "issue_resolution", "agent_operation", "error_resolution",
        "project_milestone", "knowledge_capture", "pattern_detection", "decision_point",
    ];

    private static readonly string[] Priorities = ["critical", "high", "medium", "low"];

    private static readonly string[] Outcomes = ["success", "failure", "canceled", "abandoned"];

    /// <summary>The stored name of a trigger type, such as <c>workflow_completion</c>.</summary>
    public static string Name(this TriggerType type) => Types[(int)type];

    /// <summary>The stored name of a priority, such as <c>high</c>.</summary>
    public static string Name(this TriggerPriority priority) => Priorities[(int)priority];

    /// <summary>The stored name of an outcome, such as <c>failure</c>.</summary>
    public static string Name(this TriggerOutcome outcome) => Outcomes[(int)outcome];

    /// <summary>Reads a stored name back; case is ignored.</summary>
    /// <returns><see langword="false"/> when no trigger type has that name.</returns>
    public static bool TryParseType(string? name, out TriggerType type)
    {
        var index = IndexOf(Types, name);
        type = (TriggerType)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Reads a stored name back; case is ignored.</summary>
    /// <returns><see langword="false"/> when no priority has that name.</returns>
    public static bool TryParsePriority(string? name, out TriggerPriority priority)
    {
        var index = IndexOf(Priorities, name);
        priority = (TriggerPriority)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Reads a stored name back; case is ignored.</summary>
    /// <returns><see langword="false"/> when no outcome has that name.</returns>
    public static bool TryParseOutcome(string? name, out TriggerOutcome outcome)
    {
        var index = IndexOf(Outcomes, name);
        outcome = (TriggerOutcome)Math.Max(index, 0);
        return index >= 0;
    }

    private static int IndexOf(string[] names, string? name) =>
        Array.FindIndex(names, candidate => string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase));
}
