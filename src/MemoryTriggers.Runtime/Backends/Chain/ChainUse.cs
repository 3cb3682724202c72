namespace MemoryTriggers.Backends.Chain;

/// <summary>Counts how often a store of the chain did the work of another one. Thread-safe.</summary>
internal sealed class ChainUse
{
    private long _fallbacks;
    private long _switches;
    private int _active;

    /// <summary>Calls that another store took or answered, because one before it did not.</summary>
    public long Fallbacks => Interlocked.Read(ref _fallbacks);

    /// <summary>How often memories went to another store than those before.</summary>
    public long Switches => Interlocked.Read(ref _switches);

    /// <summary>A batch went to a store.</summary>
    public void Stored(int link)
    {
        if (link > 0) FellBack();
        if (Interlocked.Exchange(ref _active, link) != link) Interlocked.Increment(ref _switches);
    }

    /// <summary>A call was taken or answered by another store.</summary>
    public void FellBack() => Interlocked.Increment(ref _fallbacks);
}
