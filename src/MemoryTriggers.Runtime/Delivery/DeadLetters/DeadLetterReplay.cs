namespace MemoryTriggers;

/// <summary>What a replay of dead letters came to.</summary>
/// <param name="Stored">How many are memories now, and no dead letters any more.</param>
/// <param name="Refused">How many stay, each with the reason of this time.</param>
public readonly record struct DeadLetterReplay(int Stored, int Refused);
