namespace MemoryTriggers.Journal;

/// <summary>The journal's directory cannot be used: not writable, owned by another process, or the disk is full.</summary>
internal sealed class JournalUnavailableException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Whether a living process holds the directory, so that another directory may do.</summary>
    public bool IsOwnedByAnotherProcess { get; init; }
}
