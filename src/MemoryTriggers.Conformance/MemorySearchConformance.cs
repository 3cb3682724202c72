using System.Text;

namespace MemoryTriggers.Conformance;

/// <summary>How every backend must answer a question.</summary>
public abstract class MemorySearchConformance : MemoryBackendConformance
{
    [Theory]
    [InlineData("push")]
    [InlineData("pushed")]
    [InlineData("Pushing")]
    [InlineData("PUSHES")]
    public async Task Search_InflectedWord_FindsEveryForm(string word)
    {
        await Backend.StoreAsync([SampleMemories.Entry("push"), SampleMemories.Entry("pushed"), SampleMemories.Entry("pushing it"),
            SampleMemories.Entry("pull")], Token);

        var hits = await Backend.SearchAsync(word, All, Token);

        Assert.Equal(3, hits.Count);
        Assert.All(hits, hit => Assert.Equal(["push"], hit.MatchedWords));
    }

    [Fact]
    public async Task Search_Question_RanksTheAnswerFirst()
    {
        var answer = SampleMemories.Entry("Push to ISS-0124 failed: remote rejected the branch");
        await Backend.StoreAsync(
            [
                answer,
                SampleMemories.Entry("Push to ISS-0125 failed: no network"),
                SampleMemories.Entry("Issue 0124 of ISS was closed"),
                SampleMemories.Entry("ISS-0124 opened"),
                SampleMemories.Entry("The push push push push failed failed"),
                SampleMemories.Entry("Why did the why did the to to the"),
            ],
            Token);

        var hits = await Backend.SearchAsync("why did the push to ISS-0124 fail?", All, Token);

        Assert.Equal(answer.Id, hits[0].Entry.Id);
        Assert.Equal(["push", "iss 0124", "fail"], hits[0].MatchedWords);
        Assert.DoesNotContain(hits, hit => hit.Entry.Content.StartsWith("Why", StringComparison.Ordinal));
        Assert.Equal(hits.OrderByDescending(hit => hit.Score).Select(hit => hit.Entry.Id), hits.Select(hit => hit.Entry.Id));
    }

    [Fact]
    public async Task Search_MoreDistinctWords_RankAboveManyOfOne()
    {
        var both = SampleMemories.Entry("A long line that says cache somewhere and then much later on also says timeout");
        await Backend.StoreAsync([both, SampleMemories.Entry("cache cache cache"), SampleMemories.Entry("timeout timeout")], Token);

        var hits = await Backend.SearchAsync("cache timeout", All, Token);

        Assert.Equal(both.Id, hits[0].Entry.Id);
        Assert.Equal(3, hits.Count);
    }

    [Fact]
    public async Task Search_EqualMatches_NewestFirst()
    {
        var entries = Enumerable.Range(0, 5).Select(_ => SampleMemories.Entry("same words")).ToList();
        await Backend.StoreAsync(entries, Token);

        var hits = await Backend.SearchAsync("words", All, Token);

        Assert.Equal(entries.Select(entry => entry.Id).Reverse(), hits.Select(hit => hit.Entry.Id));
    }

    [Fact]
    public async Task Search_Paging_ContinuesTheSameOrder()
    {
        await Backend.StoreAsync(SampleMemories.Entries(30), Token);
        var all = await Backend.SearchAsync("entry number", All, Token);

        var page = await Backend.SearchAsync("entry number", All with { Offset = 10, Limit = 5 }, Token);

        Assert.Equal(all.Skip(10).Take(5).Select(hit => hit.Entry.Id), page.Select(hit => hit.Entry.Id));
    }

    [Fact]
    public async Task Search_KeyAndTags_AreFound()
    {
        var entry = SampleMemories.Entry() with { Key = "release-notes", Tags = ["hotfix", "Größe"] };
        await Backend.StoreAsync([entry], Token);

        Assert.Single(await Backend.SearchAsync("release", All, Token));
        Assert.Single(await Backend.SearchAsync("hotfix", All, Token));
        Assert.Single(await Backend.SearchAsync("große", All, Token));
    }

    [Fact]
    public async Task Search_Quotation_RanksThePhraseFirst()
    {
        var phrase = SampleMemories.Entry("It ended with connection refused by the peer");
        await Backend.StoreAsync(
            [phrase, SampleMemories.Entry("Refused, refused the connection, connection and connection"),
                SampleMemories.Entry("The refused connection")], Token);

        var hits = await Backend.SearchAsync("\"connection refused\"", All, Token);

        Assert.Equal(phrase.Id, hits[0].Entry.Id);
        Assert.Equal(3, hits.Count);
    }

    [Fact]
    public async Task SearchCompact_Question_AnswersAsSearchDoes()
    {
        await Backend.StoreAsync([.. SampleMemories.Entries(30),
            SampleMemories.Entry("An entry that failed " + new string('x', 500)) with { Outcome = TriggerOutcome.Failure }], Token);
        var query = All with { Offset = 2, Limit = 20 };
        var hits = await Backend.SearchAsync("entry failed", query, Token);

        var compact = await Backend.SearchCompactAsync("entry failed", query with { Offset = 0 }, Token);

        Assert.Equal(hits.Take(18).Select(hit => hit.Entry.Id), compact.Skip(2).Select(hit => hit.Id));
        Assert.Equal(TriggerOutcome.Failure, compact[0].Outcome);
        Assert.Equal(CompactHit.MaxLine + 1, compact[0].Line.Length);
        Assert.All(compact.Skip(2).Zip(hits), pair =>
            Assert.Equal((pair.Second.Entry.Content, pair.Second.Entry.CreatedAt), (pair.First.Line, pair.First.CreatedAt)));
        Assert.Equal(compact.OrderByDescending(hit => hit.Score), compact);
    }

    [Fact]
    public async Task Search_OnlyStopWords_UsesThem()
    {
        await Backend.StoreAsync([SampleMemories.Entry("To be or not to be")], Token);

        Assert.Single(await Backend.SearchAsync("to be", All, Token));
    }

    [Theory]
    [InlineData("can't")]
    [InlineData("Can’t")]
    public async Task Search_Apostrophe_IsPartOfAPhrase(string text)
    {
        await Backend.StoreAsync([SampleMemories.Entry("It can't connect"), SampleMemories.Entry("A can of paint")], Token);

        var hit = Assert.Single(await Backend.SearchAsync(text, All, Token));

        Assert.Equal("It can't connect", hit.Entry.Content);
    }

    [Theory]
    [InlineData("café", "The cafe is open")]
    [InlineData("cafe", "Das CAFÉ ist offen")]
    [InlineData("ПРИВЕТ", "привет мир")]
    [InlineData("失败", "推送失败的原因")]
    [InlineData("推送失败的原因", "推送失败的原因")]
    [InlineData("ทดสอบ", "การทดสอบล้มเหลว")]
    [InlineData("エラー", "接続エラーが発生")]
    [InlineData("푸시", "푸시 실패")]
    [InlineData("API接口", "调用API接口失败")]
    [InlineData("Straße", "in der straße")]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφος")]
    [InlineData("ΆΛΦΑ", "άλφα")]
    [InlineData("ISTANBUL", "İstanbul")]
    [InlineData("ọ̀rọ̀", "Ọrọ")]
    [InlineData("Việt", "VIET")]
    public async Task Search_OtherLanguages_AreFound(string text, string content)
    {
        await Backend.StoreAsync([SampleMemories.Entry(content), SampleMemories.Entry("Something else")], Token);

        var hit = Assert.Single(await Backend.SearchAsync(text, All, Token));

        Assert.Equal(content, hit.Entry.Content);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("*")]
    [InlineData("deploy*")]
    [InlineData("NEAR(deploy failed, 5)")]
    [InlineData("NOT")]
    [InlineData("AND OR NOT")]
    [InlineData("deploy AND")]
    [InlineData("content:deploy")]
    [InlineData("{content key}: deploy")]
    [InlineData("^deploy + failed")]
    [InlineData("(((")]
    [InlineData("\"deploy")]
    [InlineData("deploy\"\"failed")]
    [InlineData("de\0ploy")]
    [InlineData("👍 🎉")]
    [InlineData("\ud800")]
    [InlineData("?!.,;:-_/\\|<>[]{}#~`")]
    [InlineData("'; DROP TABLE memory; --")]
    [InlineData("%_")]
    [InlineData("   ")]
    [InlineData("")]
    [InlineData("́̂")]
    public async Task Search_HostileText_AnswersWithoutFailing(string text)
    {
        await Backend.StoreAsync([SampleMemories.Entry("deploy failed")], Token);

        var hits = await Backend.SearchAsync(text, All, Token);

        Assert.True(hits.Count <= 1);
        if (text.Contains("deploy", StringComparison.Ordinal)) Assert.Single(hits);
        if (!text.Any(char.IsLetterOrDigit)) Assert.Empty(hits);
    }

    [Fact]
    public async Task Search_VeryLongText_AnswersFromItsFirstWords()
    {
        await Backend.StoreAsync([SampleMemories.Entry("deploy failed")], Token);
        var text = "deploy " + string.Join(' ', Enumerable.Range(0, 2_000).Select(i => $"word{i}"));

        Assert.Single(await Backend.SearchAsync(text, All, Token));
        Assert.Empty(await Backend.SearchAsync(new string('x', 10_000), All, Token));
        Assert.Empty(await Backend.SearchAsync(new string('"', 10_000), All, Token));
    }

    [Fact]
    public async Task Search_RandomText_NeverFails()
    {
        const string alphabet = "ab Z09\"'*()^:+-{}[]?.,;%_\\/\0\t\n\ud83d\udc4d\ud800é推Iİß\u0301 AND OR NOT NEAR";
        var random = new Random(20260102);
        await Backend.StoreAsync([SampleMemories.Entry("ab AND ab"), SampleMemories.Entry("推送 OR near")], Token);
        var found = 0;

        for (var i = 0; i < 500; i++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 60); length > 0; length--) text.Append(alphabet[random.Next(alphabet.Length)]);
            found += (await Backend.SearchAsync(text.ToString(), All, Token)).Count;
        }

        Assert.True(found > 0);
    }
}
