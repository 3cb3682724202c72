using MemoryTriggers.Capture;

namespace MemoryTriggers;

/// <summary>An open context: the flow that carries it, and the one to go back to.</summary>
internal sealed class MemoryContextFlow : IDisposable
{
    private static int _open;
    private readonly TriggerFlow? _outer = TriggerFlow.Current;
    private readonly TriggerFlow _inner;
    private int _isClosed;

    public MemoryContextFlow(MemoryContext context)
    {
        Interlocked.Increment(ref _open);
        _inner = Inner(context);
        TriggerFlow.Current = _inner;
    }

    /// <summary>How many are open in this process.</summary>
    public static int Open => Volatile.Read(ref _open);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0) Interlocked.Decrement(ref _open);
        if (ReferenceEquals(TriggerFlow.Current, _inner)) TriggerFlow.Current = _outer;
    }

    private TriggerFlow Inner(MemoryContext context)
    {
        var merged = context.Inside(_outer?.Context as MemoryContext);
        var project = context.Project is { Length: > 0 } named ? named : null;
        if (_outer is { IsSuppressed: true }) return TriggerFlow.Suppress(project ?? _outer.Project, merged);
        // A synchronous trigger that is open on this thread stays the parent of what runs inside the context.
        var open = ThreadCapture.Current.Innermost;
        return open is not null && ReferenceEquals(open.FlowAtEntry, _outer)
            ? new TriggerFlow(open.Id, open.Trace, project ?? open.Descriptor.Definition.Project ?? _outer?.Project, _outer?.Scope, merged)
            : new TriggerFlow(_outer?.Id ?? default, _outer?.Trace ?? default, project ?? _outer?.Project, _outer?.Scope, merged);
    }
}
