using System.ComponentModel;

namespace MemoryTriggers.Capture;

/// <summary>Where capture records go. The runtime attaches one to <see cref="TriggerHub"/>. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICaptureSink
{
    /// <summary>
    /// Takes a finished record, or counts it as dropped. Neither waits nor throws. The span is reused after the return.
    /// </summary>
    void Accept(TriggerPriority lane, ReadOnlySpan<byte> record);
}
