namespace MemoryTriggers.Capture;

/// <summary>The memory of a failure, while it is captured.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Lane">Its lane in the journal.</param>
internal readonly record struct FailureMemory(CaptureId Id, TriggerPriority Lane);
