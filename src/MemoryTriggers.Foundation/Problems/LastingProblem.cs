namespace MemoryTriggers.Problems;

/// <summary>Something that went wrong and that a person should know, until it is acknowledged.</summary>
/// <param name="Id">Eight hexadecimal digits: the same problem has the same id.</param>
/// <param name="At">When it was first seen.</param>
/// <param name="Text">What happened, and what follows from it.</param>
internal sealed record LastingProblem(string Id, DateTimeOffset At, string Text)
{
    public override string ToString() => $"{Text} (since {At:yyyy-MM-dd HH:mm:ss}Z; until 'health acknowledge {Id}')";
}
