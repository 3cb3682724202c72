namespace MemoryTriggers;

/// <summary>The result of a replay of dead letters.</summary>
/// <param name="Stored">How many are memories now, and no dead letters any more.</param>
/// <param name="Refused">How many stay, each with the reason of this time.</param>
public readonly record struct DeadLetterReplay(int Stored, int Refused);
