using MemoryTriggers.Ranking;
using MemoryTriggers.Runtime.Tests.Backends;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Ranking.Conversations;

public sealed class ConversationRankingTests
{
    private static readonly DateTimeOffset Start = new(2025, 5, 8, 9, 0, 0, TimeSpan.Zero);

    private static ConversationOptions Everyday => new() { EverydayWords = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_AnswerWithoutAWordOfTheQuestion_IsFoundByTheTurnBefore()
    {
        var hits = await AskAsync(
            "Which breed is Tom's puppy?",
            "Nora: Lovely weather.", "Nora: What breed is the puppy?", "Tom: A border collie, ten weeks old.", "Nora: I like tea.", "Tom: Me too.");

        Assert.Contains("border collie", hits[0].Entry.Content, StringComparison.Ordinal);
        Assert.Contains(hits[0].Explanation.Matches, static match => match is { Term: "breed", Field: MemoryField.Context });
        Assert.Contains("\"breed\" in its context", hits[0].Explanation.ToString(), StringComparison.Ordinal);
        Assert.Equal(hits[0].Explanation.Relevance, hits[0].Explanation.Matches.Sum(static match => match.Weight), 9);
    }

    [Fact]
    public async Task Search_NameInTheQuestion_PrefersWhatThatOneSaid()
    {
        var hits = await AskAsync(
            "What does Nora think of tea?",
            "Tom: Nora, do you want tea?", "Lee: No.", "Lee: Rain.", "Lee: Snow.", "Nora: Tea is what I live for.");

        Assert.StartsWith("Nora:", hits[0].Entry.Content, StringComparison.Ordinal);
        Assert.True(hits[0].Explanation.Speaker > 0);
        Assert.Contains("was said by whom the question is about", hits[0].Explanation.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, hits.Single(static hit => hit.Entry.Content.StartsWith("Tom", StringComparison.Ordinal)).Explanation.Speaker);
    }

    [Theory]
    [InlineData("Which tea do I like?", "user:")]
    [InlineData("Which tea did you recommend to me?", "assistant:")]
    public async Task Search_FirstOrSecondPerson_PrefersThatRole(string question, string role)
    {
        var hits = await AskAsync(question, "user: My tea is green tea", "user: Hm.", "user: And now?", "assistant: Your tea is black tea");

        Assert.StartsWith(role, hits[0].Entry.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_When_PrefersWhatTellsATime()
    {
        var hits = await AskAsync(
            Everyday,
            "When did Ann visit the museum?",
            "Ann: I loved the museum", "Lee: Ok.", "Lee: Fine.", "Lee: Well.", "Ann: The museum was open yesterday, too");

        Assert.EndsWith("yesterday, too", hits[0].Entry.Content, StringComparison.Ordinal);
        Assert.True(hits[0].Explanation.Answer > 0);
        Assert.Contains("tells what kind of thing the question asks for", hits[0].Explanation.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("What kind of pet does Ann have?", "Ann: My hamster ate the curtain")]
    [InlineData("Who is Ann's spouse?", "Ann: My husband is a tailor")]
    [InlineData("Where did she purchase it?", "Ann: I bought it in Rome")]
    public async Task Search_OtherWordsForIt_AreFound(string question, string answer)
    {
        var hits = await AskAsync(Everyday, question, "Lee: Hm.", "Lee: Not really.", "Lee: Well.", answer);

        Assert.Equal(answer, hits[0].Entry.Content);
    }

    /// <summary>What a collector takes is knowledge.</summary>
    [Theory]
    [InlineData(TriggerType.AgentOperation, 0)]
    [InlineData(TriggerType.KnowledgeCapture, 1)]
    public async Task Search_WhatTriggersMade_IsNoConversationUnlessItIsKnowledge(TriggerType trigger, int found)
    {
        await using var memory = Memory(Everyday);
        await memory.StoreAsync([Any.Entry("Ann: my hamster ate the curtain") with { TriggerType = trigger, Key = "k" }], Token);

        Assert.Equal(found, (await memory.SearchAsync("pet", new() { AllProjects = true }, Token)).Count);
    }

    /// <summary>More than what is ranked without the index: it proposes, and what stands beside the best is read, too.</summary>
    [Fact]
    public async Task Search_LongConversationThroughTheIndex_FindsWhatTheWholeTellsToo()
    {
        using var file = new SqliteFile();
        await using var backend = await file.OpenAsync();
        var others = Enumerable.Range(0, 600).Select(static number => $"Nora: Nothing of that, {number}");
        var turns = Turns(["Nora: What breed is the puppy?", "Tom: A border collie, ten weeks old.", .. others]);
        await backend.StoreAsync(turns, Token);

        var hits = await backend.SearchAsync("Which breed is Tom's puppy?", new() { Project = "conversation" }, Token);
        var none = await backend.SearchAsync("canine", new() { Project = "conversation" }, Token);

        Assert.Equal(turns.Take(2).Select(static turn => turn.Id).Order(), hits.Take(2).Select(static hit => hit.Entry.Id).Order());
        var answer = hits.First(hit => hit.Entry.Id == turns[1].Id);
        Assert.Contains(answer.Explanation.Matches, static match => match.Field == MemoryField.Context);
        Assert.Empty(none);
    }

    [Fact]
    public async Task Search_LinesFarApartInTime_StandBesideEachOtherWithinTheWindowOnly()
    {
        string[] lines = ["Nora: What breed is the puppy?", "Tom: A border collie."];

        var near = await AskAsync(new ConversationOptions { Window = TimeSpan.FromMinutes(1) }, "Which breed is it?", lines);
        var far = await AskAsync(new ConversationOptions { Window = TimeSpan.FromSeconds(59) }, "Which breed is it?", lines);

        Assert.Equal(2, near.Count);
        Assert.Single(far);
    }

    [Fact]
    public async Task Search_OtherWeights_CountInTheScore()
    {
        string[] lines = ["Lee: The puppy came on Monday.", "Nora: What breed is the puppy?", "Tom: A border collie.", "Lee: Fine."];

        var none = await AskAsync(
            new ConversationOptions { QuestionWeight = 0, BeforeWeight = 0, AfterWeight = 0, SecondWeight = 0, SpeakerBoost = 0, AnswerBoost = 0 },
            "When did Nora's puppy come?",
            lines);
        var more = await AskAsync(
            new ConversationOptions { SpeakerBoost = 2, AnswerBoost = 1.5, EverydayWords = true }, "When did Nora's puppy come?", lines);

        Assert.All(none, static hit => Assert.Equal((0, 0), (hit.Explanation.Speaker, hit.Explanation.Answer)));
        Assert.DoesNotContain(none, static hit => hit.Explanation.Matches.Any(static match => match.Field == MemoryField.Context));
        Assert.Equal(2, more.Single(static hit => hit.Entry.Content.StartsWith("Nora", StringComparison.Ordinal)).Explanation.Speaker);
        Assert.Equal(1.5, more.Single(static hit => hit.Entry.Content.EndsWith("Monday.", StringComparison.Ordinal)).Explanation.Answer);
    }

    [Fact]
    public async Task Search_ConversationWithAKeyBesideOneWithout_DoNotMix()
    {
        var turns = Turns(["Nora: What breed is the puppy?", "Lee: Fine.", "Tom: A border collie."]);
        turns[1] = turns[1] with { Provenance = new() { SessionId = "other" } };
        await using var memory = new InMemoryMemoryBackend();
        await memory.StoreAsync(turns, Token);

        var hits = await memory.SearchAsync("Which breed is it?", new() { Project = "conversation" }, Token);

        Assert.Equal([turns[0].Id], hits.Select(static hit => hit.Entry.Id));
    }

    [Fact]
    public async Task Search_LineOfTheSameSessionWithoutASpeaker_IsBesideTheOthers()
    {
        var turns = Turns(["Nora: What breed is the puppy?", "a border collie, ten weeks old", "Tom: I like tea."])
            .ConvertAll(static turn => turn with { Provenance = new() { SessionId = "one" } });
        await using var memory = new InMemoryMemoryBackend();
        await memory.StoreAsync(turns, Token);

        var hits = await memory.SearchAsync("Which breed is it?", new() { Project = "conversation" }, Token);

        Assert.Equal(turns.Take(2).Select(static turn => turn.Id), hits.Take(2).Select(static hit => hit.Entry.Id));
        Assert.Contains(hits[1].Explanation.Matches, static match => match is { Term: "breed", Field: MemoryField.Context });
    }

    private static Task<IReadOnlyList<MemoryHit>> AskAsync(string question, params string[] lines) =>
        AskAsync(new ConversationOptions(), question, lines);

    private static async Task<IReadOnlyList<MemoryHit>> AskAsync(ConversationOptions options, string question, params string[] lines)
    {
        await using var memory = Memory(options);
        await memory.StoreAsync(Turns(lines), Token);
        return await memory.SearchAsync(question, new() { Project = "conversation" }, Token);
    }

    private static InMemoryMemoryBackend Memory(ConversationOptions options)
    {
        var memory = new InMemoryMemoryBackend();
        ((IRankedStore)memory).RankBy(new MemoryRanking(new RecallOptions { Conversations = options }, TimeProvider.System));
        return memory;
    }

    private static List<MemoryEntry> Turns(IEnumerable<string> lines) =>
    [
        .. lines.Select(static (line, i) => Any.Entry(line) with
        {
            TriggerType = null, Key = $"turn.{i}", Tags = [], Project = "conversation", CreatedAt = Start.AddMinutes(i),
        }),
    ];
}
