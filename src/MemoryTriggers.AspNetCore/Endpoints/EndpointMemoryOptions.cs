namespace MemoryTriggers;

/// <summary>
/// The settings of the memories of an endpoint. Arguments and results are not captured: decorate the handler's method for that.
/// </summary>
public sealed class EndpointMemoryOptions
{
    /// <summary>The kind of event. <value>WorkflowCompletion</value></summary>
    public TriggerType Type { get; set; } = TriggerType.WorkflowCompletion;

    /// <summary>What it is about: the workflow type, agent type, issue id, error type, and so on. <value>None</value></summary>
    public string? Subject { get; set; }

    /// <summary>The project. <value>That of the scope around it, else the configured one, else <c>unknown</c>.</value></summary>
    public string? Project { get; set; }

    /// <summary>How urgent the memory is. <value>That of the type</value></summary>
    public TriggerPriority? Priority { get; set; }

    /// <summary>Tags in addition to those of the type and <c>http</c>. <value>None</value></summary>
    public IList<string> Tags { get; } = [];

    /// <summary>
    /// Whether each success is a memory. Otherwise failures are, successes that are slow for the operation, and a sample; the others are
    /// counted with their durations. <value>false</value>
    /// </summary>
    public bool RememberEach { get; set; }

    /// <summary>Whether executions that succeed are remembered. <value>true</value></summary>
    public bool CaptureOnSuccess { get; set; } = true;

    /// <summary>Whether executions that fail are remembered. <value>true</value></summary>
    public bool CaptureOnError { get; set; } = true;

    /// <summary>The least status code of a result that is a failure, 400 to 599. <value>500</value></summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public int FailureStatus
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 400, nameof(FailureStatus));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 599, nameof(FailureStatus));
            field = value;
        }
    } = RequestMemoryOptions.DefaultFailureStatus;
}
