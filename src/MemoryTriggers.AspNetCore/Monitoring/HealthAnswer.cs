namespace MemoryTriggers.Monitoring;

/// <summary>What <c>health</c> answers.</summary>
/// <param name="Status">One word of <see cref="HealthStatus"/>.</param>
/// <param name="Problems">What does not work as it should, a line each.</param>
/// <param name="Backend">The store's own word.</param>
/// <param name="Journal">How the journal is kept.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyList<string> Problems, BackendAnswer? Backend = null, string? Journal = null)
{
    public static HealthAnswer NotStarted { get; } = new(HealthStatus.NotStarted, ["the memory trigger service is not started"]);

    public static HealthAnswer Of(MemoryTriggersHealth health) => new(
        !health.Backend.IsHealthy ? HealthStatus.Unhealthy : health.IsHealthy ? HealthStatus.Healthy : HealthStatus.Degraded,
        health.Problems,
        new BackendAnswer(health.Backend.BackendName, health.Backend.IsHealthy, health.Backend.Description),
        health.JournalMode);

    public static HealthAnswer Late(TimeSpan timeout) => new(
        HealthStatus.Unhealthy, [FormattableString.Invariant($"the store has not answered for {timeout.TotalSeconds:0.###} s")]);
}
