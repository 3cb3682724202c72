namespace MemoryTriggers.Capture;

/// <summary>On whose behalf a flow runs, as capture knows it.</summary>
internal interface IFlowContext
{
    /// <summary>Puts into a record what the context says.</summary>
    void WriteTo(CaptureRecord record);
}
