namespace MemoryTriggers.Hooks;

/// <summary>A line with an exception that waits for the end of its request.</summary>
/// <param name="Exception">The logged exception.</param>
/// <param name="Text">The text of the line.</param>
/// <param name="Tell">Makes a memory of it after all.</param>
internal sealed record HeldLine(Exception Exception, string Text, Action Tell)
{
    /// <summary>Whether it is about that exception: one of them may wrap the other.</summary>
    public bool IsAbout(Exception other) => Chain(Exception).Intersect(Chain(other), ReferenceEqualityComparer.Instance).Any();

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException) yield return exception;
    }
}
