namespace MemoryTriggers.Weaver;

/// <summary>One reason not to weave.</summary>
public sealed class WeaverProblem(string id, string message)
{
    /// <summary>Such as <c>MTW001</c>.</summary>
    public string Id { get; } = id;

    /// <summary>What is wrong and what to do.</summary>
    public string Message { get; } = message;
}
