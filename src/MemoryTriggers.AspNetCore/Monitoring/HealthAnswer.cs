namespace MemoryTriggers.Monitoring;

/// <summary>
/// What <c>health</c> and <c>metrics</c> answer when there is nothing to ask: with the keys that <see cref="MemoryTriggersHealth.ToJson"/>
/// has as well.
/// </summary>
/// <param name="Status">One word of <see cref="HealthStatus"/>.</param>
/// <param name="Problems">The problems, one per line.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyList<string> Problems)
{
    public static HealthAnswer NotStarted { get; } = new(HealthStatus.NotStarted, ["the memory trigger service is not started"]);

    public static HealthAnswer Late(TimeSpan timeout) => new(
        HealthStatus.Unhealthy, [FormattableString.Invariant($"the store has not answered for {timeout.TotalSeconds:0.###} s")]);
}
