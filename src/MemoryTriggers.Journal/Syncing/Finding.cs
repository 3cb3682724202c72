namespace MemoryTriggers.Journal;

/// <summary>
/// Something that is wrong for a while: it is said when it begins, not each time that it is met. Used by one thread at a time.
/// </summary>
internal sealed class Finding
{
    private bool _lasts;

    /// <summary>It was met.</summary>
    /// <returns>Whether it is to be said.</returns>
    public bool Begins()
    {
        var begins = !_lasts;
        _lasts = true;
        return begins;
    }

    /// <summary>It is over.</summary>
    public void Ends() => _lasts = false;
}
