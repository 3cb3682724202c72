namespace MemoryTriggers;

/// <summary>Work that was tried as often as the queue allows. It stays until somebody revives or removes it.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Payload">What was to be done.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Reason">What the last one who tried said.</param>
/// <param name="DiedAt">When it was given up, by the server's clock.</param>
public sealed record DeadWork(string Key, ReadOnlyMemory<byte> Payload, int Attempts, string Reason, DateTimeOffset DiedAt);
