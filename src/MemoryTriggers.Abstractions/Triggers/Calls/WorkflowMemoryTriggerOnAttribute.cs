namespace MemoryTriggers;

/// <summary>Remembers each call that this assembly makes to a method of another assembly as a workflow.</summary>
/// <param name="type">The type that declares the method.</param>
/// <param name="method">The method's name.</param>
public sealed class WorkflowMemoryTriggerOnAttribute(Type type, string method)
    : MemoryTriggerOnAttribute(TriggerType.WorkflowCompletion, type, method)
{
    /// <summary>The type of workflow, such as <c>push</c>; optional.</summary>
    public string? WorkflowType
    {
        get => Subject;
        set => Subject = value;
    }
}
