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
        var around = new FlowSurroundings(merged, _outer?.Target, _outer?.Secrets ?? default);
        return _outer is { IsSuppressed: true }
            ? TriggerFlow.Suppress(project ?? _outer.Project, around)
            : TriggerFlow.Inside(_outer, around, project);
    }
}
