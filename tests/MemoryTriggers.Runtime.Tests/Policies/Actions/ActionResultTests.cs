using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>Actions about other memories, and about the results of actions before.</summary>
public sealed class ActionResultTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _logs = new(out _);
    private readonly InMemoryMemoryBackend _backend = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MemoryId_OfTagsAndScores_ChangesThatMemory_AndNotTheCapturedOne()
    {
        var other = Any.Entry("other") with { Tags = ["old", "kept"], QualityScore = null };
        await _backend.StoreAsync([other], Token);
        var captured = PolicyHarness.Entry() with { QualityScore = null };

        var (decision, _) = await RunAsync(
            $"{{type: add_tag, parameters: {{tag: new, memory_id: {other.Id}}}}}, {{type: remove_tag, parameters: {{tag: old, memory_id: {other.Id}}}}}, " +
            $"{{type: set_quality_score, parameters: {{score: 0.25, memory_id: {other.Id}}}}}", captured);

        Assert.Equal((PolicyVerdict.Allow, captured), (decision.Verdict, decision.Entry));
        var changed = await _backend.GetAsync(other.Id, Token);
        Assert.Equal(["kept", "new"], changed!.Tags);
        Assert.Equal(0.25, changed.QualityScore);
    }

    [Theory]
    [InlineData("{type: add_tag, parameters: {tag: new, memory_id: 'ID'}}")]
    [InlineData("{type: set_quality_score, parameters: {score: 0, memory_id: 'ID'}}")]
    [InlineData("{type: update_memory, parameters: {memory_id: 'ID', content: new}}")]
    [InlineData("{type: archive_memory, parameters: {memory_id: 'ID'}}")]
    [InlineData("{type: delete_memory, parameters: {memory_id: 'ID'}}")]
    [InlineData("{type: recall_memory, parameters: {memory_id: 'ID'}}")]
    public async Task MemoryId_OfAnotherProject_LeadsNowhere(string action)
    {
        var other = Any.Entry("other") with { Project = "elsewhere" };
        await _backend.StoreAsync([other], Token);
        var before = await _backend.GetAsync(other.Id, Token);

        var (_, results) = await RunAsync(action.Replace("ID", other.Id.ToString(), StringComparison.Ordinal), PolicyHarness.Entry());

        Assert.Empty(Assert.Single(results).Entries);
        Assert.Same(before, await _backend.GetAsync(other.Id, Token));
    }

    [Fact]
    public async Task CreatedMemoryId_InLaterActions_IsTheMemoryThatWasMade()
    {
        var (decision, results) = await RunAsync(
            "{type: update_memory, priority: 4, parameters: {memory_id: '${created_memory_id}', updates: {tags: ['${existing_tags}', long], metadata: {flag: review}}}}, " +
            "{type: create_memory, priority: 1, parameters: {content: made, tags: ['${tags}', first]}}, " +
            "{type: set_quality_score, priority: 2, parameters: {memory_id: '${created_memory_id}', score: '${metadata.rate}'}}, " +
            "{type: remove_tag, priority: 3, parameters: {memory_id: '${created_memory_id}', tag: nightly}}",
            PolicyHarness.Entry("""{"metadata":{"rate":0.75}}""") with { QualityScore = null });

        Assert.All(results, static result => Assert.True(result.Success, result.Error));
        var made = await _backend.GetAsync(results[0].Entries[0].Id, Token);
        Assert.Equal(("made", 0.75, """{"metadata":{"flag":"review"}}"""), (made!.Content, made.QualityScore, made.Value.GetRawText()));
        Assert.Equal(["Production", "first", "long"], made.Tags);
        Assert.Null(decision.Entry.QualityScore);
    }

    [Fact]
    public async Task CreatedMemoryId_OfAnActionThatWasNotAskedFor_ChangesNothing()
    {
        var entry = PolicyHarness.Entry();
        await _backend.StoreAsync([entry], Token);
        var before = await _backend.GetAsync(entry.Id, Token);

        var (_, results) = await RunAsync(
            "{type: create_memory, condition: {type: never}, parameters: {content: made}}, {type: add_tag, parameters: {memory_id: '${created_memory_id}', tag: x}}", entry);

        Assert.False(Assert.Single(results).Success);
        Assert.Same(before, await _backend.GetAsync(entry.Id, Token));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, true)]
    public async Task RecalledMemoriesCount_InAConditionAndAText_IsWhatWasFound(int known, bool isMade)
    {
        for (var number = 0; number < known; number++) await _backend.StoreAsync([Any.Entry($"The database timed out {number}")], Token);

        var (_, results) = await RunAsync(Recall, PolicyHarness.Entry("""{"metadata":{"text":"${recalled_memories_count} $$ $"}}"""));

        Assert.Equal(isMade, results.Any(static result => result.ActionType == PolicyActionTypes.CreateMemory));
        if (!isMade) return;
        var made = results.Single(static result => result.ActionType == PolicyActionTypes.CreateMemory).Entries[0];
        Assert.Equal("2 for ${recalled_memories_count} $$ $ ${plain} $5", made.Content);
        Assert.Equal("""{"metadata":{"count":2,"text":"${recalled_memories_count} $$ $"}}""", made.Value.GetRawText());
        Assert.Contains("found 2", _logs.Lines.Select(static line => line[^7..]));
    }

    [Fact]
    public async Task RecalledMemoriesCount_AfterARestart_IsCountedAgain()
    {
        for (var number = 0; number < 3; number++) await _backend.StoreAsync([Any.Entry($"The database timed out {number}")], Token);
        var policies = PolicyHarness.Actions(Recall);

        var read = DecisionJson.Read(DecisionJson.Write(policies.Engine.Evaluate(PolicyHarness.Entry())));
        var results = await Runner(policies.Engine).RunAsync(read, Token);

        Assert.StartsWith("3 for", results[1].Entries[0].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecallMemory_WithFiltersAndOrder_FindsWhatFits()
    {
        await _backend.StoreAsync(
            [
                Any.Entry("database good") with { QualityScore = 0.7, Tags = ["a"] }, Any.Entry("database better") with { QualityScore = 0.9, Tags = ["a"] },
                Any.Entry("database bad") with { QualityScore = 0.1, Tags = ["a"] }, Any.Entry("database other") with { QualityScore = 0.9, Tags = ["b"] },
            ],
            Token);

        var (_, results) = await RunAsync(
            "{type: recall_memory, parameters: {query: database, limit: 5, filters: {tags: [a], min_quality_score: 0.5}, sort_by: quality_score}}", PolicyHarness.Entry());

        Assert.Equal(["database better", "database good"], results[0].Entries.Select(static entry => entry.Content));
    }

    private static string Recall =>
        "{type: recall_memory, async_execution: true, parameters: {query: database, limit: 5}}, " +
        "{type: create_memory, condition: {type: composite_and, sub_conditions: [{type: greater_than, field: recalled_memories_count, value: 0}, {type: equals, field: project, value: shop}]}, " +
        "parameters: {content: '${recalled_memories_count} for ${text} $${plain} $5', metadata: {count: '${recalled_memories_count}', text: '${text}'}}}, " +
        "{type: log_event, condition: {type: greater_than, field: recalled_memories_count, value: 0}, parameters: {message: 'found ${recalled_memories_count}'}}";

    private async Task<(PolicyDecision Decision, IReadOnlyList<PolicyActionResult> Results)> RunAsync(string actions, MemoryEntry entry)
    {
        var policies = PolicyHarness.Actions(actions);
        var decision = policies.Engine.Evaluate(entry);
        return (decision, await Runner(policies.Engine).RunAsync(decision, Token));
    }

    private PolicyActionRunner Runner(PolicyEngine engine) => new(
        engine, PolicyActionRunner.BuiltIn(_backend, new WebhookClient(new PoliciesOptions()), _time, _logs), _time, new Logger<PolicyActionRunner>(_logs));
}
