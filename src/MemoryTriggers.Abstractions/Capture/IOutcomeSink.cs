namespace MemoryTriggers.Capture;

/// <summary>
/// A sink that lets nothing decide about a provisional record (<see cref="CaptureFlags.Provisional"/>) until its outcome is known: when a
/// correction of it arrives, when it is settled, or when too much time has passed. Thread-safe.
/// </summary>
internal interface IOutcomeSink
{
    /// <summary>The outcome of a provisional record is final: no correction follows. Does not throw.</summary>
    void Settle(CaptureId id);
}
