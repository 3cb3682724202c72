namespace MemoryTriggers.Errors;

/// <summary>The error of an operation that has not succeeded since.</summary>
/// <param name="Fingerprint">Which.</param>
/// <param name="At">When the operation failed.</param>
internal sealed record OpenError(ErrorFingerprint Fingerprint, DateTimeOffset At)
{
    public OpenError(ErrorFingerprint fingerprint, MemoryEntry failure)
        : this(fingerprint, failure.CreatedAt)
    {
    }

    /// <summary>
    /// Whether another execution ended before this failure: it may be delivered later, by a lane of lower priority, and resolves nothing.
    /// </summary>
    public bool IsAfter(MemoryEntry other) => At > other.CreatedAt;
}
