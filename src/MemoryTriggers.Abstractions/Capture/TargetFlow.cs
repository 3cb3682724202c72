namespace MemoryTriggers.Capture;

/// <summary>A flow whose records go to one target, until it is disposed; then the one around it resumes.</summary>
internal sealed class TargetFlow : IDisposable
{
    private readonly TriggerFlow? _outer = TriggerFlow.Current;
    private readonly TriggerFlow _inner;

    public TargetFlow(CaptureTarget target)
    {
        _inner = TriggerFlow.Toward(target);
        TriggerFlow.Current = _inner;
    }

    public void Dispose()
    {
        if (!ReferenceEquals(TriggerFlow.Current, _inner)) return;
        // The service around it may have stopped since: then this flow is the process's again.
        TriggerFlow.Current = _outer?.Target is { HasEnded: true } ? _outer.Without() : _outer;
    }
}
