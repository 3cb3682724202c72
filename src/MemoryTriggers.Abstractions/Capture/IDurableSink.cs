namespace MemoryTriggers.Capture;

/// <summary>A sink with a disk. Thread-safe.</summary>
internal interface IDurableSink
{
    /// <summary>Waits, within the sink's own bound, until what it took is forced to disk. Does not throw.</summary>
    void Sync();
}
