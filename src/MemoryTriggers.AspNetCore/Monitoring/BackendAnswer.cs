namespace MemoryTriggers.Monitoring;

/// <summary>The store, in <see cref="HealthAnswer"/>.</summary>
internal sealed record BackendAnswer(string Name, bool IsHealthy, string Description);
