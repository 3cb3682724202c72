namespace MemoryTriggers;

/// <summary>Work that reached the maximum number of attempts. It stays until it is revived or removed.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Payload">The payload.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Reason">The reason of the last attempt.</param>
/// <param name="DiedAt">When it was given up, by the server's clock.</param>
public sealed record DeadWork(string Key, ReadOnlyMemory<byte> Payload, int Attempts, string Reason, DateTimeOffset DiedAt);
