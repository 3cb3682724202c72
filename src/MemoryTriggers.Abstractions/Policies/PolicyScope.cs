namespace MemoryTriggers;

/// <summary>Which memories a rule is for.</summary>
public enum PolicyScope
{
    /// <summary>All.</summary>
    Global,

    /// <summary>Those of agents (<see cref="TriggerType.AgentOperation"/>).</summary>
    Agent,

    /// <summary>Those of workflows (<see cref="TriggerType.WorkflowCompletion"/>).</summary>
    Workflow,

    /// <summary>Those made in a task (<see cref="Provenance.TaskId"/>).</summary>
    Task,

    /// <summary>Those that have a <c>user_id</c>.</summary>
    User,

    /// <summary>Those that have a <c>session_id</c>.</summary>
    Session,
}
