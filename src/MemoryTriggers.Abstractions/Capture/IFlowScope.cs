namespace MemoryTriggers.Capture;

/// <summary>The scope around a flow, as capture knows it.</summary>
internal interface IFlowScope
{
    /// <summary>Notes an exception that was thrown inside the scope.</summary>
    void Note(Exception exception);
}
