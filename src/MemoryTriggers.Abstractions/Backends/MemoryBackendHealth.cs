namespace MemoryTriggers;

/// <summary>The health of a backend, as it reports it.</summary>
/// <param name="BackendName">Its name.</param>
/// <param name="IsHealthy">Whether it can store and recall now.</param>
/// <param name="Description">One line: what it is, or what is wrong.</param>
public sealed record MemoryBackendHealth(string BackendName, bool IsHealthy, string Description);
