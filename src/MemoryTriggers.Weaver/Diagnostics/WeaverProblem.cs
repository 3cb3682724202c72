namespace MemoryTriggers.Weaver.Diagnostics;

/// <summary>One reason not to weave, or something to know about what was woven.</summary>
public sealed class WeaverProblem(string id, string message, string? file = null, int line = 0)
{
    /// <summary>Such as <c>MTW001</c>.</summary>
    public string Id { get; } = id;

    /// <summary>The problem and its solution.</summary>
    public string Message { get; } = message;

    /// <summary>The source file of the method, if the symbols have it.</summary>
    public string? File { get; } = file;

    /// <summary>The line in that file, or 0.</summary>
    public int Line { get; } = line;

    internal WeaverProblem At(SourcePosition? position) =>
        position is null ? this : new WeaverProblem(Id, Message, position.File, position.Line);
}
