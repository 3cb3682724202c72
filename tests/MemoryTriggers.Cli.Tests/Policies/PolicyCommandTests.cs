using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.Policies;

public sealed class PolicyCommandTests : IDisposable
{
    private const string Errors = """
        # Ours.
        rules:
            # What fails.
            errors:
                description: Errors are tagged
                priority: 10
                scope: agent
                conditions:
                    - {type: equals, field: success, value: "false"}
                actions:
                    - {type: add_tag, parameters: {tag: bad}}

            # Off.
            sleeping:
                enabled: false
                conditions: [{type: always}]
                actions: [{type: log_event, parameters: {message: "a\n# b"}}]
        policies:
            workflow_completion: {default_decision: deny}
        """;

    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Policies => Path.Combine(_folder.Data, "policies.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_Filters_GivesWhatFits()
    {
        await File.WriteAllTextAsync(Policies, Errors, Token);

        var all = await _folder.RunAsync("policy", "list", "-f", "json");
        var some = await _folder.RunAsync("policy", "list", "--enabled-only", "--scope", "agent", "-f", "json");

        Assert.Equal(2, all.Json.GetProperty("rules").GetArrayLength());
        Assert.Equal("deny", all.Json.GetProperty("policies")[0].GetProperty("default_decision").GetString());
        Assert.Equal("errors", Assert.Single(some.Json.GetProperty("rules").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Add_ToAFileOfSomebodysOwnHand_LeavesTheRestAsItIsWritten()
    {
        await File.WriteAllTextAsync(Policies, Errors, Token);
        var source = await SourceAsync("more");

        var dry = await _folder.RunAsync("policy", "add", source, "--dry-run");
        Assert.Equal(Errors, await File.ReadAllTextAsync(Policies, Token));
        var added = await _folder.RunAsync("policy", "add", source);

        Assert.Equal((0, 0), (dry.ExitCode, added.ExitCode));
        var text = await File.ReadAllTextAsync(Policies, Token);
        Assert.StartsWith(Errors[..Errors.IndexOf("policies:", StringComparison.Ordinal)].TrimEnd(), text, StringComparison.Ordinal);
        Assert.EndsWith("workflow_completion: {default_decision: deny}\n", text, StringComparison.Ordinal);
        Assert.Equal(["errors", "sleeping", "more"], PolicyYaml.Parse(text).Rules.Select(static rule => rule.Name));
    }

    [Fact]
    public async Task Add_NoFileYet_MakesIt()
    {
        var added = await _folder.RunAsync("policy", "add", await SourceAsync("first"));

        Assert.Equal(0, added.ExitCode);
        Assert.Equal("first", Assert.Single(PolicyYaml.Parse(await File.ReadAllTextAsync(Policies, Token)).Rules).Name);
    }

    [Fact]
    public async Task Add_SameName_IsRefusedUnlessItReplaces()
    {
        await File.WriteAllTextAsync(Policies, Errors, Token);
        var source = await SourceAsync("errors", priority: 77);

        var refused = await _folder.RunAsync("policy", "add", source);
        var replaced = await _folder.RunAsync("policy", "add", source, "--replace");

        Assert.Equal((1, 0), (refused.ExitCode, replaced.ExitCode));
        var document = PolicyYaml.Parse(await File.ReadAllTextAsync(Policies, Token));
        Assert.Equal(77, document.Rules.Single(static rule => rule.Name == "errors").Priority);
        Assert.Empty(document.Problems);
    }

    [Fact]
    public async Task Add_RulesWithProblems_FailsWithAllOfThemAndWritesNothing()
    {
        var source = _folder.File("bad.yaml");
        await File.WriteAllTextAsync(source, "rules:\n  bad:\n    priority: 5000\n    conditions: []\n    actions: []\n", Token);

        var added = await _folder.RunAsync("policy", "add", source);

        Assert.Equal(1, added.ExitCode);
        Assert.Contains("(3,", added.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Policies));
    }

    [Theory]
    [InlineData("errors")]
    [InlineData("sleeping")]
    [InlineData("workflow_completion")]
    public async Task Remove_Any_TakesItOutAndLeavesTheRest(string name)
    {
        await File.WriteAllTextAsync(Policies, Errors, Token);

        var removed = await _folder.RunAsync("policy", "remove", name, "--force");

        Assert.Equal(0, removed.ExitCode);
        var text = await File.ReadAllTextAsync(Policies, Token);
        var document = PolicyYaml.Parse(text);
        Assert.Empty(document.Problems);
        Assert.DoesNotContain(name, document.Rules.Select(static rule => rule.Name).Concat(document.Policies.Select(static policy => policy.Type.Name())));
        Assert.Equal(2, document.Rules.Count + document.Policies.Count);
        Assert.StartsWith("# Ours.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_RuleThatAnotherChainsTo_IsRefused()
    {
        await File.WriteAllTextAsync(Policies, Errors.Replace("type: add_tag, parameters: {tag: bad}", "type: chain_policy, parameters: {policy_name: sleeping}", StringComparison.Ordinal), Token);
        var before = await File.ReadAllTextAsync(Policies, Token);

        var removed = await _folder.RunAsync("policy", "remove", "sleeping", "--force");

        Assert.Equal(1, removed.ExitCode);
        Assert.Equal(before, await File.ReadAllTextAsync(Policies, Token));
    }

    [Fact]
    public async Task Test_MadeUpEvent_TellsWhichRulesMatch()
    {
        await File.WriteAllTextAsync(Policies, Errors, Token);
        var target = _folder.File("result.json");

        var plain = await _folder.RunAsync("policy", "test", "-f", "json");
        var failing = await _folder.RunAsync("policy", "test", "--context", """{"success":false,"trigger_type":"agent_operation"}""", "--rule", "errors", "-o", target, "-f", "json");

        Assert.Equal("test_agent", plain.Json.GetProperty("context").GetProperty("agent_name").GetString());
        Assert.Equal(0, plain.Json.GetProperty("summary").GetProperty("matched").GetInt32());
        Assert.Equal(1, failing.Json.GetProperty("summary").GetProperty("matched").GetInt32());
        Assert.Contains("bad", failing.Json.GetProperty("decision").GetProperty("tags").EnumerateArray().Select(static tag => tag.GetString()));
        Assert.Equal(failing.Output, await File.ReadAllTextAsync(target, Token));
    }

    [Fact]
    public async Task ExplainAndReplay_StoredMemories_TellWhatWouldHaveBeen()
    {
        var failure = Any.Entry() with { Outcome = TriggerOutcome.Failure, TriggerType = TriggerType.AgentOperation };
        await _folder.StoreAsync(failure, Any.Entry() with { TriggerType = TriggerType.WorkflowCompletion });
        await File.WriteAllTextAsync(Policies, Errors, Token);

        var explain = await _folder.RunAsync("policy", "explain", failure.Id.ToString(), "-f", "json");
        var replay = await _folder.RunAsync("policy", "replay", "-f", "json");

        Assert.Equal("modify", explain.Json.GetProperty("decision").GetProperty("verdict").GetString());
        Assert.Equal(1, replay.Json.GetProperty("verdicts").GetProperty("deny").GetInt64());
        Assert.Equal(1, replay.Json.GetProperty("rules").GetProperty("errors").GetInt64());
    }

    private async Task<string> SourceAsync(string name, int priority = 1)
    {
        var path = _folder.File($"{name}.yaml");
        await File.WriteAllTextAsync(path, $"rules:\n  {name}:\n    priority: {priority}\n    conditions:\n      - type: always\n    actions:\n      - type: add_tag\n        parameters: {{tag: x}}\n", Token);
        return path;
    }
}
