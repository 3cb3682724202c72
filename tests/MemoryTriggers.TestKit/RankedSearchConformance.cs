using MemoryTriggers.Conformance;
using Xunit;

namespace MemoryTriggers.TestKit;

/// <summary>What the stores of this repository do besides, because one ranker serves them all.</summary>
public abstract class RankedSearchConformance : MemorySearchConformance
{
    [Fact]
    public async Task Search_Hit_SaysWhyItWasFound()
    {
        await Backend.StoreAsync([Any.Entry("the push failed") with { Key = "deploy", Tags = ["gateway"], QualityScore = 1, Outcome = TriggerOutcome.Failure }], Token);

        var hit = Assert.Single(await Backend.SearchAsync("why did the gateway deploy fail?", All, Token));

        Assert.Equal(
            [("fail", MemoryField.Content), ("deploi", MemoryField.Key), ("gatewai", MemoryField.Tags)],
            hit.Explanation.Matches.Select(match => (match.Term, match.Field)).OrderBy(match => match.Field));
        Assert.Equal(hit.Explanation.Relevance, hit.Explanation.Matches.Sum(match => match.Weight), 6);
        Assert.True(hit.Explanation is { Quality: > 0, Outcome: > 0 });
    }

    [Theory]
    [InlineData("where did Anna go", "Anna went home")]
    [InlineData("who bought it", "They buy bread")]
    [InlineData("what crashed", "An exception in the parser")]
    [InlineData("certifcate", "The certificate expired")]
    [InlineData("time zone", "The timezone was wrong")]
    [InlineData("PaymentTimeout", "The payment_timeout was set")]
    [InlineData("Anna's", "Anna said so")]
    public async Task Search_OtherWayToSayIt_IsFound(string text, string content)
    {
        await Backend.StoreAsync([Any.Entry(content), Any.Entry("Something else")], Token);

        var hit = Assert.Single(await Backend.SearchAsync(text, All, Token));

        Assert.Equal(content, hit.Entry.Content);
    }

    /// <summary>Once by ranking all of the project, and once through the index, where the store has one.</summary>
    [Theory]
    [InlineData("session", true)]
    [InlineData("session", false)]
    [InlineData("entity", true)]
    [InlineData("entity", false)]
    [InlineData("trace", true)]
    [InlineData("trace", false)]
    public async Task Search_TwoConversationsAtTheSameTime_LinesStandBesideThoseOfTheirOwn(string told, bool allProjects)
    {
        string[] lines = ["Nora: What breed is the puppy?", "Lee: Shall we take the train?", "Max: Rather the bus.", "Lee: Fine.", "Tom: A border collie, ten weeks old.", "Max: See you."];
        var turns = lines.Select((line, i) => Told(told, line[0] is 'N' or 'T' ? "pets" : "travel", Any.Entry(line) with
        {
            Key = $"turn.{i}", Project = "conversation", CreatedAt = Any.Time.AddDays(i),
        })).ToList();
        await Backend.StoreAsync(turns, Token);

        var query = new MemoryQuery { Project = "conversation", AllProjects = allProjects };
        var hits = await Backend.SearchAsync("Which breed is Tom's puppy?", query, Token);

        Assert.Equal([turns[0].Id, turns[4].Id], hits.Select(static hit => hit.Entry.Id).Order());
        Assert.Contains(hits.Single(hit => hit.Entry.Id == turns[4].Id).Explanation.Matches, static match => match is { Term: "breed", Field: MemoryField.Context });
    }

    private static MemoryEntry Told(string by, string conversation, MemoryEntry entry) => by switch
    {
        "session" => entry with { Provenance = new() { SessionId = conversation }, EntityType = "line", EntityId = entry.Key },
        "entity" => entry with { EntityType = "conversation", EntityId = conversation, TraceId = entry.Id.ToString("N") },
        _ => entry with { TraceId = conversation },
    };
}
