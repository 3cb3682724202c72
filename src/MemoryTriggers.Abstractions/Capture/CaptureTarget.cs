namespace MemoryTriggers.Capture;

/// <summary>
/// Where the records of a flow go: the sink of one service. Exists before the service is started, when nothing is captured for it, and
/// after it has stopped, when its records are late. Thread-safe.
/// </summary>
internal sealed class CaptureTarget
{
    private volatile AttachedSink? _sink;
    private volatile bool _isAbandoned;

    /// <summary>The sink, attached or no longer; <see langword="null"/> before it is attached for the first time.</summary>
    public AttachedSink? Sink => _sink;

    /// <summary>Whether its service could not be started: its flows are those of the process.</summary>
    public bool IsAbandoned => _isAbandoned && _sink is null;

    /// <summary>Whether its service has stopped.</summary>
    public bool HasEnded => _sink is { IsDetached: true };

    public void Attach(AttachedSink sink) => _sink = sink;

    /// <summary>The start failed. Made for an exception filter: always returns <see langword="false"/>.</summary>
    public bool Abandon()
    {
        _isAbandoned = true;
        return false;
    }
}
