using System.ComponentModel;
using System.Reflection;

namespace MemoryTriggers.Capture;

/// <summary>Where capture records go. The runtime attaches one to <see cref="TriggerHub"/>. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICaptureSink
{
    /// <summary>Makes a trigger known before its first record arrives.</summary>
    void Register(TriggerDescriptor descriptor);

    /// <summary>
    /// Whether a trigger is to capture anything. Asked after <see cref="Register"/>; a sink that takes all need not care.
    /// </summary>
#if NET
    bool Wants(TriggerDescriptor descriptor) => true;
#else
    bool Wants(TriggerDescriptor descriptor);
#endif

    /// <summary>
    /// Takes a finished record, or counts it as dropped. Neither waits nor throws. The span is reused after the return.
    /// </summary>
    void Accept(TriggerPriority lane, ReadOnlySpan<byte> record);

    /// <summary>
    /// What is known about an error that leaves a trigger, or <see langword="null"/>. Neither waits nor throws. A sink that knows nothing
    /// need not care.
    /// </summary>
#if NET
    RecalledError? Recall(Exception exception) => null;
#else
    RecalledError? Recall(Exception exception);
#endif

    /// <summary>
    /// Waits, within the sink's own bound, until what it took is forced to disk. Does not throw. A sink without a disk need not care.
    /// </summary>
#if NET
    void Sync()
    {
    }
#else
    void Sync();
#endif

    /// <summary>Learns of an assembly that has triggers and was not woven. A sink that only receives records need not care.</summary>
#if NET
    void ReportUnwoven(Assembly assembly)
    {
    }
#else
    void ReportUnwoven(Assembly assembly);
#endif

    /// <summary>Learns of a type with triggers that a hot reload has changed. A sink that only receives records need not care.</summary>
#if NET
    void ReportReloaded(Type type)
    {
    }
#else
    void ReportReloaded(Type type);
#endif
}
