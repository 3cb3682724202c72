using System.Text.Json;

namespace MemoryTriggers.Policies;

public sealed class PolicyActionTests
{
    [Fact]
    public void SetQualityScore_OfARuleThatMatches_IsInTheMemory()
    {
        var decision = PolicyHarness.Actions("{type: set_quality_score, parameters: {score: 0.8}}").Evaluate();

        Assert.Equal(0.8, decision.Entry.QualityScore);
        Assert.Equal(PolicyVerdict.Modify, decision.Verdict);
    }

    [Fact]
    public void SetQualityScore_FromAFieldOutOfRange_LeavesItAndSaysSo()
    {
        var decision = PolicyHarness.Actions("{type: set_quality_score, parameters: {score: '${severity}'}}").Evaluate("""{"metadata":{"severity":7}}""");

        Assert.Null(decision.Entry.QualityScore);
        Assert.Contains(decision.Reasons, static reason => reason.Condition == "set_quality_score");
    }

    [Fact]
    public void AddTagAndRemoveTag_InOneRule_ChangeTheTags()
    {
        var decision = PolicyHarness.Actions("{type: add_tag, parameters: {tag: new}}, {type: add_tag, parameters: {tag: new}}, {type: remove_tag, parameters: {tag: nightly}}").Evaluate();

        Assert.Equal(["Production", "new"], decision.Entry.Tags);
    }

    [Fact]
    public void Actions_WithNumbers_RunInTheOrderOfTheNumbers()
    {
        var decision = PolicyHarness.Actions(
            "{type: trigger_alert, priority: 2, parameters: {message: second}}, {type: create_memory, priority: 1, parameters: {content: first}}, {type: trigger_alert, priority: 2, parameters: {message: third}}").Evaluate();

        Assert.Equal(["first", "second", "third"], decision.Actions.Select(static call => ActionParameters.Text(call.Parameters, call.Action.Type == "create_memory" ? "content" : "message")));
    }

    [Fact]
    public void Abort_InARule_DeniesTheMemoryAndEndsTheEvaluation()
    {
        var policies = new PolicyHarness("""
            rules:
              first:
                priority: 10
                conditions: [{type: always}]
                actions: [{type: trigger_alert, parameters: {message: dropped}}, {type: abort}, {type: trigger_alert, parameters: {message: never}}]
              second:
                conditions: [{type: always}]
                actions: [{type: trigger_alert, parameters: {message: never}}]
            """);

        var decision = policies.Evaluate();

        Assert.Equal(PolicyVerdict.Deny, decision.Verdict);
        Assert.Equal("dropped", ActionParameters.Text(Assert.Single(decision.Actions).Parameters, "message"));
        Assert.Contains(decision.Reasons, static reason => reason is { Rule: "first", Condition: "abort" });
    }

    [Fact]
    public void Skip_WithACondition_LeavesOutTheRestOfTheRuleOnly()
    {
        var policies = new PolicyHarness("""
            rules:
              first:
                priority: 10
                conditions: [{type: always}]
                actions:
                  - {type: skip, condition: {type: equals, field: quiet, value: true}}
                  - {type: add_tag, parameters: {tag: loud}}
              second:
                conditions: [{type: always}]
                actions: [{type: add_tag, parameters: {tag: matched}}]
            """);

        Assert.Contains("loud", policies.Evaluate().Entry.Tags);
        var quiet = policies.Evaluate("""{"metadata":{"quiet":true}}""");

        Assert.DoesNotContain("loud", quiet.Entry.Tags);
        Assert.Contains("matched", quiet.Entry.Tags);
    }

    [Fact]
    public void LogEvent_OfARuleThatMatches_WritesTheFilledLine()
    {
        var policies = PolicyHarness.Actions("{type: log_event, parameters: {level: warning, message: 'push of ${branch}'}}");

        policies.Evaluate("""{"arguments":{"branch":"main"}}""");

        Assert.Contains("Policy rule: push of main", policies.Logs.Warnings);
    }

    [Fact]
    public void Condition_OfAnAction_DecidesAboutThatActionAlone()
    {
        var policies = PolicyHarness.Actions("{type: add_tag, parameters: {tag: severe}, condition: {type: greater_than, field: severity, value: 3}}, {type: add_tag, parameters: {tag: matched}}");

        Assert.Contains("severe", policies.Evaluate("""{"metadata":{"severity":4}}""").Entry.Tags);
        var mild = policies.Evaluate("""{"metadata":{"severity":3}}""").Entry.Tags;

        Assert.DoesNotContain("severe", mild);
        Assert.Contains("matched", mild);
    }

    [Fact]
    public void Template_WithNames_IsFilledFromTheMemory()
    {
        var policies = PolicyHarness.Actions(
            "{type: create_memory, parameters: {content: 'Error: ${exception.message} in ${project} $${kept}', tags: ['${priority}', fixed], metadata: {severity: '${severity}', order: '${order}', flag: '${success}'}}}");

        var call = Assert.Single(policies.Evaluate("""{"arguments":{"order":{"id":1}},"exception":[{"message":"lost"}],"metadata":{"severity":4}}""").Actions);

        Assert.Equal("""{"content":"Error: lost in shop ${kept}","tags":["medium","fixed"],"metadata":{"severity":4,"order":{"id":1},"flag":true}}""", call.Parameters.GetRawText());
        Assert.Empty(call.MissingNames);
    }

    [Fact]
    public void Template_WithANameThatTheMemoryLacks_KeepsItAndReportsIt()
    {
        var decision = PolicyHarness.Actions("{type: create_memory, parameters: {content: 'Error: ${error_message}', key: '${nobody.knows}'}}").Evaluate();

        var call = Assert.Single(decision.Actions);

        Assert.Equal("""{"content":"Error: ${error_message}","key":"${nobody.knows}"}""", call.Parameters.GetRawText());
        Assert.Equal(["error_message", "nobody.knows"], call.MissingNames);
        Assert.Contains(decision.Reasons, static reason => reason.Why == "the memory has no value for error_message, nobody.knows");
    }

    [Fact]
    public void Template_InAnAddress_IsEscaped()
    {
        var call = Assert.Single(PolicyHarness.Actions("{type: execute_webhook, parameters: {url: 'https://example.com/${branch}'}}").Evaluate("""{"arguments":{"branch":"../a?b#c@d"}}""").Actions);

        Assert.Equal("https://example.com/..%2Fa%3Fb%23c%40d", ActionParameters.Text(call.Parameters, "url"));
    }

    [Fact]
    public void ChainPolicy_WithContext_AppliesTheOtherRuleWithIt()
    {
        var policies = new PolicyHarness("""
            rules:
              first:
                priority: 10
                conditions: [{type: always}]
                actions: [{type: chain_policy, parameters: {policy_name: second, context: {origin: first, mood: '${mood}'}}}]
              second:
                conditions: [{type: equals, field: origin, value: first}]
                actions:
                  - {type: add_tag, parameters: {tag: '${mood}'}}
                  - {type: trigger_alert, parameters: {message: 'from ${origin}'}}
            """);

        var decision = policies.Evaluate("""{"metadata":{"mood":"good"}}""");

        Assert.Contains("good", decision.Entry.Tags);
        Assert.Equal(("second", """{"message":"from first"}"""), (Assert.Single(decision.Actions).Rule, decision.Actions[0].Parameters.GetRawText()));
    }

    [Fact]
    public void ChainPolicy_ToARuleThatMatchesAnyway_AppliesItOnce()
    {
        var policies = new PolicyHarness("""
            rules:
              first:
                priority: 10
                conditions: [{type: always}]
                actions: [{type: chain_policy, parameters: {policy_name: second}}]
              second:
                conditions: [{type: always}]
                actions: [{type: trigger_alert, parameters: {message: once}}]
            """);

        Assert.Single(policies.Evaluate().Actions);
        Assert.Equal(1, policies.Engine.GetStatistics().Rules.Single(static rule => rule.Rule == "second").Executions);
    }

    [Theory]
    [InlineData("recall_memory", "{query: timeouts}")]
    [InlineData("update_memory", "{memory_id: '${id}', key: changed}")]
    [InlineData("delete_memory", "{memory_id: '${id}'}")]
    [InlineData("archive_memory", "{memory_id: '${id}'}")]
    public void Evaluate_WithAnActionThatHasEffects_HandsItOver(string type, string parameters)
    {
        var decision = PolicyHarness.Actions($"{{type: {type}, parameters: {parameters}}}").Evaluate();

        var call = Assert.Single(decision.Actions);

        Assert.Equal(type, call.Action.Type);
        Assert.Equal(JsonValueKind.Object, call.Parameters.ValueKind);
        Assert.Equal(PolicyVerdict.Allow, decision.Verdict);
    }
}
