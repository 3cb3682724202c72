namespace MemoryTriggers;

/// <summary>How carrying out an action ended.</summary>
/// <param name="Rule">The rule that asked.</param>
/// <param name="ActionType">The kind of action.</param>
/// <param name="Success">Whether it was executed.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record PolicyActionResult(string Rule, string ActionType, bool Success, int Attempts)
{
    /// <summary>Why not; without payload. <see langword="null"/> when it was executed.</summary>
    public string? Error { get; init; }

    /// <summary>The memories it made, changed or found.</summary>
    public IReadOnlyList<MemoryEntry> Entries { get; init; } = [];
}
