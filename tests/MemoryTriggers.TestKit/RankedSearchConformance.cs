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
}
