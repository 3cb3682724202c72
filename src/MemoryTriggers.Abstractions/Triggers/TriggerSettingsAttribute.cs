using MemoryTriggers.Capture;

namespace MemoryTriggers;

/// <summary>The settings of all triggers: those on your methods, and those on the calls of methods that you do not own.</summary>
public abstract class TriggerSettingsAttribute : Attribute
{
    private TriggerPriority? _priority;

    private protected TriggerSettingsAttribute(TriggerType triggerType)
    {
        if (triggerType is < TriggerType.WorkflowCompletion or > TriggerType.DecisionPoint)
            throw new ArgumentOutOfRangeException(nameof(triggerType), triggerType, "No such type of trigger.");

        TriggerType = triggerType;
    }

    /// <summary>The kind of event.</summary>
    public TriggerType TriggerType { get; private protected set; }

    /// <summary>The project. <value>That of the scope around the call, else the configured one, else <c>unknown</c>.</value></summary>
    public string? Project { get; set; }

    /// <summary>How urgent the memory is. <value>That of the trigger type.</value></summary>
    public TriggerPriority Priority
    {
        get => _priority ?? TriggerDefaults.Priority(TriggerType);
        set => _priority = value;
    }

    /// <summary>Tags in addition to the trigger's own.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>
    /// Whether arguments are captured. Parameters with <see cref="SensitiveAttribute"/>, and texts whose name gives a secret away
    /// (password, token, ...), never are. <value>false</value>
    /// </summary>
    public bool CaptureArguments { get; set; }

    /// <summary>
    /// Whether the result is captured. <value>true on a method; false on a type, an assembly or calls, where results are of many
    /// kinds</value>
    /// </summary>
    public bool CaptureResult { get; set; } = true;

    /// <summary>
    /// Whether executions that do not fail are remembered: those that return, and those that are canceled. <value>true</value>
    /// </summary>
    public bool CaptureOnSuccess { get; set; } = true;

    /// <summary>
    /// Whether each success is a memory. Otherwise failures are, successes that are slow for their operation, and a sample; the other
    /// successes are counted, with their durations, for each operation and hour. <value>true on a method and for commands of a command
    /// line; false on a type, an assembly or calls</value>
    /// </summary>
    public bool RememberEach { get; set; } = true;

    /// <summary>Whether executions that fail are remembered; a cancellation is no failure. <value>true</value></summary>
    public bool CaptureOnError { get; set; } = true;

    /// <summary>The durability of the memory when the call returns. <value>Accepted: the call waits for nothing.</value></summary>
    public MemoryDurability Durability { get; set; }

    /// <summary>
    /// The line by which the memory is read and found, such as <c>"Pushed {branch}: {result.Count}"</c>. In braces: a parameter,
    /// <c>result</c>, <c>error</c>, <c>operation</c>, <c>duration</c>, or a member of one by dots. <value>The line of the trigger
    /// type.</value>
    /// </summary>
    public string? Content { get; set; }
}
