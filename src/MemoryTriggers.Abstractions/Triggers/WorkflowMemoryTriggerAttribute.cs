namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as a workflow. Priority: high unless set.</summary>
public sealed class WorkflowMemoryTriggerAttribute() : MemoryTriggerAttribute(TriggerType.WorkflowCompletion)
{
    /// <summary>The type of workflow, such as <c>push</c>; optional.</summary>
    public string? WorkflowType
    {
        get => Subject;
        set => Subject = value;
    }
}
