namespace MemoryTriggers.Decoding;

/// <summary>The place in time of a memory is the end of its operation; the start can be asked for.</summary>
public sealed class PlaceInTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Compose_OperationOfHours_StandsAtItsEnd()
    {
        var entry = Compose(Start, TimeSpan.FromHours(8));

        Assert.Equal(Start.AddHours(8), entry.CreatedAt);
        Assert.Equal((entry.CreatedAt, entry.CreatedAt), (entry.UpdatedAt, entry.Provenance.CreatedAt));
        Assert.Equal((Start, TimeSpan.FromHours(8)), (entry.StartedAt, entry.Duration));
    }

    [Fact]
    public void Compose_DurationBeyondTime_EndsWithIt()
    {
        var entry = Compose(Start, TimeSpan.MaxValue);

        Assert.Equal(DateTimeOffset.MaxValue, entry.CreatedAt);
        Assert.Equal(DateTimeOffset.MinValue, entry.StartedAt);
    }

    [Fact]
    public void StartedAt_OfAMemoryThatIsOfNoOperation_IsItsTime() => Assert.Equal(Start, Compose(Start, TimeSpan.Zero).StartedAt);

    [Fact]
    public async Task Query_SinceAndUntil_MeanTheEnd()
    {
        await using var store = new InMemoryMemoryBackend();
        var token = TestContext.Current.CancellationToken;
        await store.StoreAsync([Compose(Start, TimeSpan.FromHours(8)), Compose(Start.AddHours(1), TimeSpan.FromMinutes(1))], token);
        var query = new MemoryQuery { AllProjects = true };

        var all = await store.QueryAsync(query, token);
        var late = await store.QueryAsync(query with { Since = Start.AddHours(7) }, token);
        var early = await store.QueryAsync(query with { Until = Start.AddHours(7) }, token);

        Assert.Equal([Start, Start.AddHours(1)], all.Select(static entry => entry.StartedAt));
        Assert.Equal(Start, Assert.Single(late).StartedAt);
        Assert.Equal(Start.AddHours(1), Assert.Single(early).StartedAt);
    }

    private static MemoryEntry Compose(DateTimeOffset start, TimeSpan duration) => new MemoryComposer("shop").Compose(
        new DecodedRecord
        {
            Id = Guid.NewGuid(), DescriptorId = 0, Outcome = TriggerOutcome.Success, Priority = TriggerPriority.High, Flags = default,
            ParentId = null, TraceId = "", SpanId = null, StartedAt = start, Duration = duration,
        },
        definition: null);
}
