using Microsoft.Testing.Platform.Extensions.Messages;

namespace MemoryTriggers;

/// <summary>Why a test failed, for each of the ways in which it can.</summary>
internal static class NodeFailure
{
    /// <returns><see langword="null"/> when it did not.</returns>
    public static (string Message, string? Trace)? Of(TestNodeStateProperty state) => state switch
    {
        FailedTestNodeStateProperty failed => Of(failed.Exception, failed.Explanation),
        ErrorTestNodeStateProperty error => Of(error.Exception, error.Explanation),
        TimeoutTestNodeStateProperty timeout => Of(timeout.Exception, timeout.Explanation ?? "It took too long"),
        _ => null,
    };

    // Some frameworks hand over what was thrown, others a text with its type before it.
    private static (string Message, string? Trace) Of(Exception? exception, string? explanation)
    {
        var message = exception?.Message ?? explanation ?? "";
        var isThrown = exception is not null && exception.GetType().Namespace is { } space
            && !space.StartsWith("Xunit", StringComparison.Ordinal)
            && !message.StartsWith(exception.GetType().FullName!, StringComparison.Ordinal);
        return (isThrown ? $"{exception!.GetType().FullName} : {message}" : message, exception?.StackTrace);
    }
}
