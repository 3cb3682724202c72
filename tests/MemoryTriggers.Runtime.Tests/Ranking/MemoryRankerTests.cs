using MemoryTriggers.Ranking;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Recall;

public sealed class MemoryRankerTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RecallOptions _options = new();

    [Fact]
    public void Rank_RareWord_CountsMoreThanSeveralFrequentOnes()
    {
        var rare = Any.Entry("the certificate of checkout");
        List<MemoryEntry> entries = [rare, .. Enumerable.Range(0, 50).Select(_ => Any.Entry("a deploy of checkout"))];

        var hits = Rank("certificate deploy checkout", entries);

        Assert.Equal(rare.Id, hits[0].Handle.Id);
    }

    [Fact]
    public void Rank_EqualWords_RecentGoodAndFittingComeFirst()
    {
        var now = _time.GetUtcNow();
        _options.QualityBoost = 0.04;
        var plain = Any.Entry("deploy failed") with { CreatedAt = now.AddDays(-400) };
        var recent = plain with { Id = Any.Id(), CreatedAt = now };
        var good = plain with { Id = Any.Id(), QualityScore = 1 };
        var bad = plain with { Id = Any.Id(), QualityScore = 0 };
        var failure = plain with { Id = Any.Id(), Outcome = TriggerOutcome.Failure, CreatedAt = now.AddDays(-1) };

        var hits = Rank("why did the deploy fail?", [plain, recent, good, bad, failure]);

        Assert.Equal([failure.Id, recent.Id, good.Id, plain.Id, bad.Id], hits.Select(hit => hit.Handle.Id));
        Assert.Equal(_options.RecencyBoost, hits[1].Explanation.Recency, 5);
        Assert.Equal(_options.QualityBoost, hits[2].Explanation.Quality);
        Assert.Equal(-_options.QualityBoost, hits[4].Explanation.Quality);
        Assert.Equal(_options.OutcomeBoost, hits[0].Explanation.Outcome);
        Assert.Equal(0, hits[1].Explanation.Outcome);
    }

    [Fact]
    public void Rank_Boosts_DoNotOutweighAWordMore()
    {
        var old = Any.Entry("deploy of the gateway") with { CreatedAt = _time.GetUtcNow().AddDays(-1_000), QualityScore = 0 };
        var recent = Any.Entry("deploy failed") with { CreatedAt = _time.GetUtcNow(), QualityScore = 1, Outcome = TriggerOutcome.Failure };

        var hits = Rank("why did the deploy of the gateway go wrong", [old, recent]);

        Assert.Equal(old.Id, hits[0].Handle.Id);
    }

    [Fact]
    public void Rank_PartOfAName_CountsLessThanTheWord()
    {
        var word = Any.Entry("three changes of the supplier") with { Key = "audit" };
        var name = Any.Entry("SaveChangesAsync was called twice") with { Key = "audit" };

        var hits = Rank("changes", [name, word]);

        Assert.Equal([word.Id, name.Id], hits.Select(hit => hit.Handle.Id));
        Assert.True(hits[0].Explanation.Relevance > hits[1].Explanation.Relevance);
    }

    [Theory]
    [InlineData("Shop.InvoiceRun.SendAsync")]
    [InlineData("Shop.InvoiceRun.SendAsync(Invoice)")]
    public void Rank_TagsThatRepeatTheKey_DoNotCount(string key)
    {
        var plain = Any.Entry("two invoices") with { Key = key, Tags = ["billing"] };
        var repeating = plain with { Id = Any.Id(), Tags = [key, "Shop.InvoiceRun.SendAsync", "SendAsync", "billing"] };

        var hits = Rank("who was sending the billing run?", [plain, repeating]);

        Assert.Equal(hits[0].Score, hits[1].Score, 9);
        Assert.Contains(hits[1].Explanation.Matches, static match => match is { Term: "bill", Field: MemoryField.Tags });
    }

    [Fact]
    public void Rank_TagThatOnlyContainsTheKey_Counts()
    {
        var entry = Any.Entry("something") with { Key = "push", Tags = ["push-service"] };

        var explanation = Assert.Single(Rank("push service", [entry])).Explanation;

        Assert.Equal(2, explanation.Matches.Count(static match => match.Field == MemoryField.Tags));
    }

    [Fact]
    public void Rank_HalfLife_HalvesTheBoost()
    {
        var entry = Any.Entry("deploy") with { CreatedAt = _time.GetUtcNow() - _options.RecencyHalfLife };

        var hit = Assert.Single(Rank("deploy", [entry]));

        Assert.Equal(_options.RecencyBoost / 2, hit.Explanation.Recency, 5);
        Assert.Equal(hit.Explanation.Relevance * (1 + hit.Explanation.Recency), hit.Score, 9);
    }

    [Fact]
    public void Rank_Explanation_NamesEachFieldAndAddsUp()
    {
        var entry = Any.Entry("the push went wrong") with { Key = "push", Tags = ["git"] };

        var explanation = Assert.Single(Rank("git push go", [entry])).Explanation;

        Assert.Equal(
            [("push", MemoryField.Content), ("push", MemoryField.Key), ("git", MemoryField.Tags), ("go", MemoryField.Content)],
            explanation.Matches.Select(match => (match.Term, match.Field)).OrderBy(match => match.Term == "go").ThenBy(match => match.Field == MemoryField.Tags).ThenBy(match => match.Field));
        Assert.Equal(explanation.Relevance, explanation.Matches.Sum(match => match.Weight), 9);
        Assert.Equal("went", explanation.Matches.Single(match => match.Term == "go").As);
        Assert.Contains("\"go\" as \"went\" in its content", explanation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_FieldWeights_AreThoseOfTheOptions()
    {
        var inKey = Any.Entry("something") with { Key = "deploy" };
        var inContent = Any.Entry("deploy") with { Key = "something" };
        (_options.ContentWeight, _options.KeyWeight) = (3, 0);

        var hits = Rank("deploy", [inKey, inContent]);

        Assert.Equal(inContent.Id, Assert.Single(hits).Handle.Id);
    }

    [Theory]
    [InlineData("payment timeout", "PaymentTimeoutException in the gateway")]
    [InlineData("PaymentTimeout", "the payment_timeout was set")]
    [InlineData("http server", "HTTPServer stopped")]
    [InlineData("time zone", "wrong timezone")]
    [InlineData("certifcate", "the certificate expired")]
    [InlineData("why did it crash", "an error in the parser")]
    [InlineData("who went there", "they go there")]
    public void Rank_OtherWayToSayIt_IsFound(string question, string content) =>
        Assert.Equal(content, Assert.Single(Rank(question, [Any.Entry(content), Any.Entry("nothing of that")])).Handle.Content);

    [Fact]
    public void Rank_SwitchedOff_GuessesNothing()
    {
        (_options.Synonyms, _options.Typos) = (false, false);

        Assert.Empty(Rank("crash certifcate", [Any.Entry("error"), Any.Entry("certificate")]));
    }

    private List<RankedCandidate<MemoryEntry>> Rank(string text, IReadOnlyList<MemoryEntry> entries)
    {
        var ranking = new MemoryRanking(_options, _time);
        var candidates = entries
            .Select(entry => new SearchCandidate<MemoryEntry>(entry, entry.CreatedAt.UtcTicks, entry.QualityScore, entry.Outcome, SearchableText.Of(entry)))
            .ToList();
        return CandidateRanking.RankAll(ranking, ParsedQuery.Of(text, ranking.Synonyms), candidates, new MemoryQuery());
    }
}
