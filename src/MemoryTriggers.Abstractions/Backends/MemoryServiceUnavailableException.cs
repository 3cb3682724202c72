namespace MemoryTriggers;

/// <summary>The store is unavailable: it cannot be reached, takes too long, or its circuit is open. The call can succeed later.</summary>
public sealed class MemoryServiceUnavailableException : MemoryBackendException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="backendName">The store.</param>
    /// <param name="message">The problem, without any payload.</param>
    /// <param name="retryAfter">When it will be asked again at the earliest, if that is known.</param>
    /// <param name="innerException">The cause.</param>
    public MemoryServiceUnavailableException(string backendName, string message, TimeSpan? retryAfter = null,
        Exception? innerException = null)
        : base(backendName, message, isTransient: true, innerException) => RetryAfter = retryAfter;

    /// <summary>How long to wait at least before calling again; <see langword="null"/> when unknown.</summary>
    public TimeSpan? RetryAfter { get; }
}
