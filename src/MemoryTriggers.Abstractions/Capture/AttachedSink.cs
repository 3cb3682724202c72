namespace MemoryTriggers.Capture;

/// <summary>A sink, and what it does besides taking records: found out once, when it is attached.</summary>
internal sealed class AttachedSink(ICaptureSink sink)
{
    public ICaptureSink Records { get; } = sink;

    public ITriggerRegistry? Registry { get; } = sink as ITriggerRegistry;

    public ITriggerReports? Reports { get; } = sink as ITriggerReports;

    public IKnownErrors? Errors { get; } = sink as IKnownErrors;

    public IDurableSink? Disk { get; } = sink as IDurableSink;

    public IOutcomeSink? Outcomes { get; } = sink as IOutcomeSink;

    public bool KeepsErrorText { get; } = sink is not IErrorTextSink { KeepsErrorText: false };
}
