using MemoryTriggers.TestKit;

namespace MemoryTriggers.Policies;

public sealed class PolicyEngineTests
{
    private const string TwoRules = """
        rules:
          errors:
            priority: 10
            conditions:
              - {type: equals, field: event_type, value: error}
              - {type: greater_than, field: severity, value: 3}
            actions: [{type: add_tag, parameters: {tag: severe}}]
          agents:
            scope: agent
            conditions: [{type: always}]
            actions: [{type: trigger_alert, parameters: {message: agent}}]
        """;

    [Fact]
    public void Parse_OfAFileWithProblems_ThrowsAllOfThem()
    {
        var exception = Assert.Throws<PolicyException>(static () => PolicySet.Parse("rules: {a: {priority: -1, colour: red}}"));

        Assert.Equal(3, exception.Problems.Count);
        Assert.All(exception.Problems, static problem => Assert.Equal(1, problem.Line));
    }

    [Fact]
    public void Parse_OfAFile_HasItsRulesAndThePrograms()
    {
        var set = PolicySet.Parse("rules: {a: {conditions: [{type: always}], decision: deny}}");

        Assert.Equal("a", Assert.Single(set.Rules).Name);
        Assert.Equal(PolicyVerdict.Deny, new PolicyEngine(set).Evaluate(Any.Entry()).Verdict);
    }

    [Fact]
    public void Evaluate_WhenARuleMatches_NamesRuleConditionAndWhy()
    {
        var decision = new PolicyHarness(TwoRules).Evaluate("""{"metadata":{"event_type":"error","severity":5}}""");

        Assert.Equal(new PolicyReason("errors", "event_type equals 'error' and severity greater_than '3'", "it matched"), Assert.Single(decision.Reasons));
    }

    [Fact]
    public void Evaluate_WhenAnAlternativeHolds_NamesThatOne()
    {
        var policies = new PolicyHarness("""
            rules:
              rule:
                condition_operator: OR
                conditions: [{type: equals, field: a, value: 1}, {type: equals, field: b, value: 1}, {type: never}]
                actions: [{type: add_tag, parameters: {tag: matched}}]
            """);

        Assert.Equal("b equals '1'", Assert.Single(policies.Evaluate("""{"metadata":{"b":1}}""").Reasons).Condition);
    }

    [Fact]
    public void Evaluate_OfSeveralRulesThatMatch_AppliesThemByPriority()
    {
        var policies = new PolicyHarness("""
            rules:
              last: {priority: 1, conditions: [{type: always}], actions: [{type: trigger_alert, parameters: {message: last}}]}
              first: {priority: 9, conditions: [{type: always}], actions: [{type: trigger_alert, parameters: {message: first}}]}
              second: {priority: 1, conditions: [{type: always}], actions: [{type: trigger_alert, parameters: {message: second}}]}
            """);

        Assert.Equal(["first", "last", "second"], policies.Evaluate().Actions.Select(static call => call.Rule));
    }

    [Fact]
    public void For_ATypeThatNoRuleCanMatch_SaysSo()
    {
        var set = PolicyYaml.Parse("""
            rules:
              a: {scope: agent, conditions: [{type: always}], actions: [{type: abort}]}
              b: {conditions: [{type: equals, field: trigger_type, value: decision_point}], actions: [{type: abort}]}
              c: {conditions: [{type: in_list, field: trigger_type, values: [issue_resolution]}, {type: equals, field: a, value: 1}], actions: [{type: abort}]}
              d: {conditions: [{type: never}], actions: [{type: abort}]}
              e: {conditions: [{type: composite_or, sub_conditions: [{type: equals, field: trigger_type, value: project_milestone}, {type: never}]}], actions: [{type: abort}]}
            """).Compile();

        var applicable = Enum.GetValues<TriggerType>().Where(type => set.For(type).CanApply);

        Assert.Equal([TriggerType.IssueResolution, TriggerType.AgentOperation, TriggerType.ProjectMilestone, TriggerType.DecisionPoint], applicable);
        Assert.All(Enum.GetValues<TriggerType>(), type => Assert.False(PolicySet.Empty.For(type).CanApply));
    }

    [Fact]
    public void Evaluate_OfAMemoryWithoutType_AsksTheRules()
    {
        var policies = PolicyHarness.Condition("{type: equals, field: project, value: shop}");

        Assert.True(policies.Matches(PolicyHarness.Entry() with { TriggerType = null }));
    }

    [Fact]
    public void Evaluate_WhenNothingMatches_AllocatesNothing()
    {
        var policies = new PolicyHarness(TwoRules + """

              regex: {conditions: [{type: matches_regex, field: text, regex_pattern: 'x+y'}], actions: [{type: abort}]}
              limited: {conditions: [{type: rate_limit, field: user_id, rate_limit: 5}, {type: equals, field: a, value: 1}], actions: [{type: abort}]}
            """);
        var entry = PolicyHarness.Entry("""{"metadata":{"event_type":"info","severity":5.5,"text":"some \"text\"","user_id":"u"}}""", TriggerType.WorkflowCompletion);

        Assert.Equal(0, Allocations.OfSteadyState(1_000, () => policies.Engine.Evaluate(entry)));
    }

    [Fact]
    public void Evaluate_WithAProgramThatThrows_AllowsCountsAndSaysSo()
    {
        var policies = new PolicyHarness(TwoRules, [new Program(_ => throw new InvalidOperationException("secret-4711"))]);

        var decision = policies.Evaluate("""{"metadata":{"event_type":"error","severity":5}}""");

        Assert.Contains("severe", decision.Entry.Tags);
        Assert.Equal(new PolicyReason("program", "error", "it failed (InvalidOperationException) and was skipped"), decision.Reasons[0]);
        Assert.Equal(1, policies.Engine.GetStatistics().Rules.Single(static rule => rule.Rule == "program").Failures);
        Assert.DoesNotContain(policies.Logs.Lines, static line => line.Contains("4711", StringComparison.Ordinal));
    }

    [Fact]
    public void Evaluate_WithAProgramThatDenies_EndsThere()
    {
        var policies = PolicyHarness.Condition("{type: always}");
        policies.Engine.Install(PolicySet.Compile(policies.Engine.Set.Rules, programs: [new Program(static _ => new PolicyOpinion(PolicyVerdict.Deny, "not wanted"))]));

        var decision = policies.Evaluate();

        Assert.Equal(PolicyVerdict.Deny, decision.Verdict);
        Assert.Equal(new PolicyReason("program", "program", "not wanted"), Assert.Single(decision.Reasons));
    }

    [Theory]
    [InlineData("decision: allow", PolicyVerdict.Allow)]
    [InlineData("decision: deny", PolicyVerdict.Deny)]
    [InlineData("decision: defer", PolicyVerdict.Defer)]
    [InlineData("decision: batch", PolicyVerdict.Batch)]
    [InlineData("decision: modify, parameters: {modified_priority: low}", PolicyVerdict.Modify)]
    [InlineData("decision: allow, actions: [{type: abort}]", PolicyVerdict.Deny)]
    [InlineData("actions: [{type: chain_policy, parameters: {policy_name: second}}]", PolicyVerdict.Deny)]
    public void Evaluate_OfALongRuleThatDecides_TheFirstDecisionCounts(string rest, PolicyVerdict expected)
    {
        var policies = new PolicyHarness($"rules:\n  first: {{priority: 2, conditions: [{{type: always}}], {rest}}}\n  second: {{priority: 1, conditions: [{{type: always}}], decision: deny}}\n");

        var decision = policies.Evaluate();

        Assert.Equal(expected, decision.Verdict);
        Assert.Equal(rest.Contains("parameters: {modified", StringComparison.Ordinal), decision.Entry.Priority == TriggerPriority.Low);
    }

    [Fact]
    public void Evaluate_OfALongRuleThatAllows_StoresAtOnceWhatItsTypeWouldBatch()
    {
        var policies = new PolicyHarness("""
            policies: {workflow_completion: {default_decision: batch}}
            rules: {urgent: {conditions: [{type: equals, field: metadata.urgent, value: true}], decision: allow}}
            """);

        Assert.Equal(PolicyVerdict.Allow, policies.Evaluate("""{"metadata":{"urgent":true}}""").Verdict);
        Assert.Equal(PolicyVerdict.Batch, policies.Evaluate().Verdict);
    }

    [Fact]
    public void Evaluate_OfARuleFromCodeWithAVerdict_DecidesSo()
    {
        var set = PolicySet.Compile([new PolicyRule { Name = "r", Conditions = [new PolicyCondition { Type = PolicyConditionType.Always }], Verdict = PolicyVerdict.Deny }]);

        var decision = new PolicyEngine(set).Evaluate(PolicyHarness.Entry());

        Assert.Equal((PolicyVerdict.Deny, "it matched, which means deny"), (decision.Verdict, Assert.Single(decision.Reasons).Why));
    }

    [Fact]
    public void Install_WithARuleCalledAsATypeIs_KeepsTheirStatesApart()
    {
        var policies = new PolicyHarness("""
            policies:
              decision_point: {rate_limits: {per_project_per_hour: 1}}
            rules:
              decision_point: {conditions: [{type: rate_limit, rate_limit: 1}], actions: [{type: add_tag, parameters: {tag: matched}}]}
            """);
        policies.Engine.Install(policies.Engine.Set);
        policies.Engine.Install(policies.Engine.Set);

        Assert.True(policies.Matches(PolicyHarness.Entry(type: TriggerType.DecisionPoint)));
        Assert.Equal(PolicyVerdict.Defer, policies.Engine.Evaluate(PolicyHarness.Entry(type: TriggerType.DecisionPoint)).Verdict);
    }

    [Fact]
    public void Evaluate_WithAProgramThatModifies_GivesItsMemory()
    {
        var policies = new PolicyHarness("rules:\n", [new Program(static entry => new PolicyOpinion(PolicyVerdict.Modify, "shorter") { Entry = entry with { Content = "short" } })]);

        var decision = policies.Evaluate();

        Assert.Equal((PolicyVerdict.Modify, "short"), (decision.Verdict, decision.Entry.Content));
    }

    [Fact]
    public void Evaluate_FromInsideAProgram_Works()
    {
        PolicyHarness? policies = null;
        policies = new PolicyHarness(TwoRules, [new Program(entry => entry.Key == "inner" ? null : new PolicyOpinion(
            policies!.Engine.Evaluate(entry with { Key = "inner" }).Entry.Tags.Contains("severe") ? PolicyVerdict.Batch : PolicyVerdict.Allow, "asked"))]);

        Assert.Equal(PolicyVerdict.Batch, policies.Evaluate("""{"metadata":{"event_type":"error","severity":5}}""").Verdict);
    }

    [Fact]
    public void Evaluate_WhenExpressionsExplodeOneAfterTheOther_GivesUpAndAllows()
    {
        var policies = new PolicyHarness(string.Concat("rules:\n", string.Concat(Enumerable.Range(0, 20).Select(static number =>
            $"  r{number}: {{conditions: [{{type: matches_regex, field: text, regex_pattern: '^(?=(a+)+$)(a+)+${number}'}}], actions: [{{type: abort}}]}}\n"))));

        var decision = policies.Evaluate($$$"""{"metadata":{"text":"{{{new string('a', 40)}}}!"}}""");

        Assert.Equal((PolicyVerdict.Allow, "the evaluation failed; the memory is kept as it is"), (decision.Verdict, decision.Reasons[0].Why));
        Assert.Equal(1, policies.Engine.GetStatistics().Errors);
    }

    [Fact]
    public void GetRecentDecisions_AfterManyDecisions_HasTheLastOnesNewestFirst()
    {
        var engine = new PolicyEngine(PolicyYaml.Parse(TwoRules).Compile(), keptDecisions: 3);
        var entries = Enumerable.Range(0, 5).Select(static _ => PolicyHarness.Entry()).ToList();

        foreach (var entry in entries) engine.Evaluate(entry);

        Assert.Equal([entries[4].Id, entries[3].Id, entries[2].Id], engine.GetRecentDecisions().Select(static trace => trace.EntryId));
    }

    [Fact]
    public async Task GetStatistics_AfterEvaluationsOnManyThreads_CountsEach()
    {
        var policies = new PolicyHarness(TwoRules);
        var entry = PolicyHarness.Entry("""{"metadata":{"event_type":"error","severity":5}}""");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var round = 0; round < 500; round++) policies.Engine.Evaluate(entry);
        }, TestContext.Current.CancellationToken)));

        var statistics = policies.Engine.GetStatistics();
        Assert.Equal(4_000, statistics.Evaluations);
        Assert.Equal(("errors", 4_000, 4_000, 0), statistics.Rules[0]);
        Assert.Equal(1_000, policies.Engine.GetRecentDecisions().Count);
    }

    [Fact]
    public void Explain_OfAMemory_TellsEveryConditionOfEveryRule()
    {
        var policies = new PolicyHarness(TwoRules);

        var explanations = policies.Engine.Explain(PolicyHarness.Entry("""{"metadata":{"event_type":"error","severity":2}}"""));

        Assert.Equal(["errors", "agents"], explanations.Select(static explanation => explanation.Rule));
        Assert.Equal("this does not hold: severity greater_than '3'", explanations[0].Why);
        Assert.Equal([true, false], explanations[0].Conditions.Select(static condition => condition.Holds));
        Assert.Equal("this does not hold: trigger_type equals 'agent_operation'", explanations[1].Why);
        Assert.Equal(0, policies.Engine.GetStatistics().Evaluations);
    }

    [Fact]
    public void Explain_OfARuleWithALimit_UsesNothingUp()
    {
        var policies = PolicyHarness.Condition("{type: composite_and, sub_conditions: [{type: rate_limit, rate_limit: 1}, {type: always}]}");

        Assert.True(Assert.Single(policies.Engine.Explain(PolicyHarness.Entry())).Matches);
        Assert.True(policies.Matches());
        var exhausted = Assert.Single(policies.Engine.Explain(PolicyHarness.Entry()));

        Assert.False(exhausted.Matches);
        Assert.Equal([false, true], Assert.Single(exhausted.Conditions).Parts.Select(static part => part.Holds));
    }

    [Fact]
    public void Explain_OfShortRules_TellsWhichPolicyTheyBelongTo()
    {
        var engine = new PolicyEngine(PolicySet.Compile([], PolicyDefaults.All));

        var explanations = engine.Explain(Any.Entry() with { TriggerType = TriggerType.WorkflowCompletion });

        Assert.True(explanations.Single(static explanation => explanation.Rule == "workflow_completion/successful_workflow").Matches);
        Assert.Equal("it is for decision_point only", explanations.Single(static explanation => explanation.Rule == "decision_point/critical_decision").Why);
    }

    [Fact]
    public async Task DryRunAsync_OverRecordedMemories_SumsUpAndChangesNothing()
    {
        var policies = new PolicyHarness("""
            policies:
              workflow_completion: {rate_limits: {per_project_per_minute: 2}}
            rules:
              alert: {conditions: [{type: always}], actions: [{type: trigger_alert, parameters: {message: m}}, {type: log_event, parameters: {message: m}}]}
            """);
        var entries = Enumerable.Range(0, 6).Select(static second => PolicyHarness.Entry() with { CreatedAt = Any.Time.AddSeconds(second * 20) });
        var seen = 0;

        var summary = await policies.Engine.DryRunAsync(Recorded(entries), (_, _) => seen++, TestContext.Current.CancellationToken);

        Assert.Equal((6, 6L, 4L, 2L), (seen, summary.Entries, summary.Verdicts[PolicyVerdict.Allow], summary.Verdicts[PolicyVerdict.Defer]));
        Assert.Equal(4, summary.Actions["trigger_alert"]);
        Assert.Empty(policies.Logs.Lines);
        Assert.All(policies.Engine.GetStatistics().Rules, static rule => Assert.Equal(0, rule.Executions));
    }

    private static async IAsyncEnumerable<MemoryEntry> Recorded(IEnumerable<MemoryEntry> entries)
    {
        foreach (var entry in entries)
        {
            await Task.Yield();
            yield return entry;
        }
    }

    private sealed class Program(Func<MemoryEntry, PolicyOpinion?> evaluate) : IPolicy
    {
        public string Name => "program";

        public PolicyOpinion? Evaluate(MemoryEntry entry) => evaluate(entry);
    }
}
