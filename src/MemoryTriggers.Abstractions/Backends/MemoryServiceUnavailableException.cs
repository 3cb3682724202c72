namespace MemoryTriggers;

/// <summary>The store has to answer and cannot: it is away, takes too long, or is left alone. Asking again later can succeed.</summary>
public sealed class MemoryServiceUnavailableException : MemoryBackendException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="backendName">The store.</param>
    /// <param name="message">What is wrong, without any payload.</param>
    /// <param name="retryAfter">When it will be asked again at the earliest, if that is known.</param>
    /// <param name="innerException">The cause.</param>
    public MemoryServiceUnavailableException(string backendName, string message, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base(backendName, message, isTransient: true, innerException) => RetryAfter = retryAfter;

    /// <summary>After which time the store is asked again at the earliest; <see langword="null"/> when nobody knows.</summary>
    public TimeSpan? RetryAfter { get; }
}
