namespace MemoryTriggers;

/// <summary>A memory that says how an error was resolved.</summary>
/// <param name="Id">Which memory.</param>
/// <param name="Line">Its line.</param>
/// <param name="At">When it was made.</param>
public sealed record RecalledResolution(Guid Id, string Line, DateTimeOffset At);
