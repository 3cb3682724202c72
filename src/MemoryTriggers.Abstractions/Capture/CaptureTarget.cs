namespace MemoryTriggers.Capture;

/// <summary>
/// Where the records of a flow go: the sink of one service. While the service starts, nothing is captured for it; after it has stopped,
/// its records are late. Thread-safe.
/// </summary>
internal sealed class CaptureTarget
{
    private volatile AttachedSink? _sink;
    private volatile bool _isStarting;

    /// <summary>The service itself, for whom this layer has no type.</summary>
    public object? Owner { get; set; }

    /// <summary>The sink, attached or no longer; <see langword="null"/> before it is attached for the first time.</summary>
    public AttachedSink? Sink => _sink;

    /// <summary>Whether its service is not started, nor about to be: its flows are those of the process.</summary>
    public bool IsIdle => _sink is null && !_isStarting;

    /// <summary>Whether its service has stopped.</summary>
    public bool HasEnded => _sink is { IsDetached: true };

    /// <summary>From now on its flows are its own.</summary>
    public void Begin() => _isStarting = true;

    public void Attach(AttachedSink sink) => _sink = sink;

    /// <summary>The start failed. Made for an exception filter: always returns <see langword="false"/>.</summary>
    public bool Abandon()
    {
        _isStarting = false;
        return false;
    }
}
