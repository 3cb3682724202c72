namespace MemoryTriggers;

/// <summary>Something wrong in a policy.</summary>
/// <param name="Line">The line, from 1; 0 for rules that come from code.</param>
/// <param name="Column">The column, from 1; 0 for rules that come from code.</param>
/// <param name="Path">Which setting it is, such as <c>rules.errors.priority</c>.</param>
/// <param name="Message">The problem, and the expected form.</param>
public sealed record PolicyProblem(int Line, int Column, string Path, string Message)
{
    /// <summary>Whether the code of a program may make it right: an action of its own, whose name is no slip of a known one.</summary>
    internal bool IsForCode { get; init; }

    /// <inheritdoc />
    public override string ToString() => Line == 0 ? $"{Path}: {Message}" : $"({Line},{Column}) {Path}: {Message}";
}
