using System.Text.Json;

namespace MemoryTriggers.Conformance;

// What the tests store.
public abstract partial class MemoryBackendConformance
{
    private static Guid Parent { get; } = SampleMemories.Id();

    private static Guid Successor { get; } = SampleMemories.Id();

    private static MemoryEntry Other { get; } = SampleMemories.Entry("The deployment went wrong") with { CreatedAt = SampleMemories.Time };

    private static MemoryEntry Wanted { get; } = SampleMemories.Entry("The deployment failed") with
    {
        Project = "wanted", Category = "wanted", Key = "wanted", EntityType = "wanted", EntityId = "wanted", Source = "wanted",
        TriggerType = TriggerType.DecisionPoint, Outcome = TriggerOutcome.Failure, TraceId = "0123456789abcdef0123456789abcdef",
        ParentId = Parent, Tags = ["wanted", "too"], CreatedAt = SampleMemories.Time.AddDays(1), Priority = TriggerPriority.Critical,
        SupersededBy = Successor, SupersededAt = SampleMemories.Time.AddDays(3), ExpiresAt = SampleMemories.Time.AddDays(90),
        Provenance = new Provenance { SessionId = "wanted", UserId = "wanted" },
    };

    private static MemoryEntry Full() => Wanted with
    {
        Id = SampleMemories.Id(),
        Value = JsonSerializer.SerializeToElement(new { arguments = new { branch = "main", tries = 3 }, result = (string?)null }),
        Duration = TimeSpan.FromTicks(12_345_678),
        QualityScore = 0.75,
        UpdatedAt = SampleMemories.Time.AddDays(2),
        SpanId = "0123456789abcdef",
        Occurrences = 3_000_000_000,
        LastSeenAt = SampleMemories.Time.AddDays(5),
        SimilarTo = SampleMemories.Id(),
        Provenance = new Provenance
        {
            Module = "Shop.Deployment", TaskId = "task-1", SessionId = "wanted", CreatedBy = "ann", CreatedAt = SampleMemories.Time,
            UpdatedBy = "bob",
            UserId = "ann",
            UpdatedAt = SampleMemories.Time.AddHours(1),
        },
    };

    /// <summary>Fails unless a memory came back as it was stored.</summary>
    protected static void AssertSame(MemoryEntry expected, MemoryEntry? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Value.GetRawText(), actual.Value.GetRawText());
        Assert.Equal(expected.Tags, actual.Tags);
        Assert.Equal(expected with { Value = default, Tags = [] }, actual with { Value = default, Tags = [] });
    }
}
