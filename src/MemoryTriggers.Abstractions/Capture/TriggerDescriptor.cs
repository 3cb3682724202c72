using System.ComponentModel;

namespace MemoryTriggers.Capture;

/// <summary>One trigger of the running program. One instance per decorated method, shared by all its instantiations. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TriggerDescriptor
{
    // A plain field: the off path of a woven method is this one load and a branch.
    internal bool Enabled;

    // Of several attached sinks, those that do not want it. Null as a rule.
    internal AttachedSink[]? RefusedBy;

    internal TriggerDescriptor(TriggerDefinition definition)
    {
        Definition = definition;
        Id = DescriptorId.Of(definition);
        Priority = definition.Priority ?? TriggerDefaults.Priority(definition.Type);
        CapturesResult = definition.CaptureResult;
        CapturesOnSuccess = definition.CaptureOnSuccess;
        CapturesOnError = definition.CaptureOnError;
        MustSync = definition.Durability == MemoryDurability.Synced;
    }

    /// <summary>Its definition, as known at compile time.</summary>
    public TriggerDefinition Definition { get; }

    /// <summary>A hash of the definition: the same in every run of the same program.</summary>
    public ulong Id { get; }

    /// <summary>Its priority, and so its lane in the journal.</summary>
    public TriggerPriority Priority { get; }

    internal bool CapturesResult { get; }

    internal bool CapturesOnSuccess { get; }

    internal bool CapturesOnError { get; }

    internal bool MustSync { get; }
}
