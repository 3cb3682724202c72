namespace MemoryTriggers.Errors;

/// <summary>What changed when memories became known.</summary>
internal sealed class LearnedLinks
{
    /// <summary>The successes that have other links now.</summary>
    public HashSet<Guid> Changed { get; } = [];

    /// <summary>Operations whose failure became known after a later success, and the end of the earliest such failure.</summary>
    public Dictionary<(string Project, string Key), DateTimeOffset> Late { get; } = [];
}
