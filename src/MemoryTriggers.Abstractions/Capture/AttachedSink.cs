namespace MemoryTriggers.Capture;

/// <summary>A sink, and what it does besides taking records: found out once, when it is attached.</summary>
internal sealed class AttachedSink(ICaptureSink sink, CaptureTarget? target = null)
{
    private volatile bool _isDetached;

    /// <summary>Whether it takes nothing any more.</summary>
    public bool IsDetached => _isDetached;

    /// <summary>The service that it belongs to, if any.</summary>
    public CaptureTarget? Target { get; } = target;

    public ICaptureSink Records { get; } = sink;

    public ITriggerRegistry? Registry { get; } = sink as ITriggerRegistry;

    public ITriggerReports? Reports { get; } = sink as ITriggerReports;

    public IKnownErrors? Errors { get; } = sink as IKnownErrors;

    public IDurableSink? Disk { get; } = sink as IDurableSink;

    public IOutcomeSink? Outcomes { get; } = sink as IOutcomeSink;

    public bool KeepsErrorText { get; } = sink is not IErrorTextSink { KeepsErrorText: false };

    public void Detach() => _isDetached = true;

    public bool Wants(TriggerDescriptor descriptor) => Registry?.Wants(descriptor) ?? true;
}
