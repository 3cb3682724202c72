namespace MemoryTriggers;

/// <summary>A backend could not do what it was asked.</summary>
public class MemoryBackendException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="backendName">The backend that failed.</param>
    /// <param name="message">The problem, without any payload.</param>
    /// <param name="isTransient">Whether trying the same again later can succeed.</param>
    /// <param name="innerException">The cause.</param>
    public MemoryBackendException(string backendName, string message, bool isTransient, Exception? innerException = null)
        : base($"{backendName}: {message}", innerException)
    {
        BackendName = backendName;
        IsTransient = isTransient;
    }

    /// <summary>The backend that failed.</summary>
    public string BackendName { get; }

    /// <summary>Whether trying the same again later can succeed.</summary>
    public bool IsTransient { get; }

    /// <summary>Whether the store threw something that says neither: no outage that is known as one, and no refusal.</summary>
    internal bool IsUnexpected { get; init; }

    /// <summary>Whether the call reached the store, and whether the store has done it is not known.</summary>
    internal bool IsUnanswered { get; init; }
}
