namespace MemoryTriggers.Errors;

/// <summary>An exception, or one of its causes, as text.</summary>
internal sealed record ErrorPart(string Type, string Message, string StackTrace)
{
    /// <summary>As many as are captured.</summary>
    public const int MaxChain = 5;

    /// <summary>Whether it only carries another one.</summary>
    public bool IsWrapper =>
        Type is "System.AggregateException" or "System.Reflection.TargetInvocationException" or "System.TypeInitializationException";
}
