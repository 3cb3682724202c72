using MemoryTriggers.TestKit;

namespace MemoryTriggers.Policies;

public sealed class PolicyConditionTests
{
    private const string Captured = """
        {"operation":"push","arguments":{"branch":"main","order":{"id":17}},"result":{"items":[3,5],"ok":true},
         "exception":[{"type":"System.TimeoutException","message":"database timed out"}],
         "metadata":{"severity":4,"level":"4","Region":"EU","note":"caf\u00e9 \"x\"","http.status":503,"flag":true,"nothing":null,"big":9007199254740993,"half":1.50}}
        """;

    [Theory]
    [InlineData("{type: always}", true)]
    [InlineData("{type: never}", false)]
    [InlineData("{type: never, negate: true}", true)]
    [InlineData("{type: equals, field: metadata.severity, value: 4}", true)]
    [InlineData("{type: equals, field: severity, value: 4.0}", true)]
    [InlineData("{type: equals, field: level, value: 4}", true)]
    [InlineData("{type: equals, field: half, value: 1.5}", true)]
    [InlineData("{type: equals, field: big, value: 9007199254740993}", true)]
    [InlineData("{type: equals, field: big, value: 9007199254740992}", false)]
    [InlineData("{type: equals, field: Region, value: EU}", true)]
    [InlineData("{type: equals, field: Region, value: eu}", false)]
    [InlineData("{type: equals, field: Region, value: eu, ignore_case: true}", true)]
    [InlineData("{type: equals, field: region, value: EU}", false)]
    [InlineData("{type: equals, field: flag, value: true}", true)]
    [InlineData("{type: equals, field: flag, value: \"true\"}", true)]
    [InlineData("{type: equals, field: nothing, value: null}", true)]
    [InlineData("{type: equals, field: absent, value: null}", true)]
    [InlineData("{type: equals, field: absent, value: x}", false)]
    [InlineData("{type: equals, field: http.status, value: 503}", true)]
    [InlineData("{type: equals, field: metadata.http.status, value: 503}", true)]
    [InlineData("{type: equals, field: arguments.order.id, value: 17}", true)]
    [InlineData("{type: equals, field: order.id, value: 17}", true)]
    [InlineData("{type: equals, field: branch, value: main}", true)]
    [InlineData("{type: equals, field: result.items.1, value: 5}", true)]
    [InlineData("{type: equals, field: result.items.2, value: 5}", false)]
    [InlineData("{type: equals, field: exception.message, value: database timed out}", true)]
    [InlineData("{type: equals, field: error_type, value: System.TimeoutException}", true)]
    [InlineData("{type: equals, field: note, value: 'café \"x\"'}", true)]
    [InlineData("{type: equals, field: success, value: true}", true)]
    [InlineData("{type: equals, field: trigger_type, value: workflow_completion}", true)]
    [InlineData("{type: equals, field: priority, value: medium}", true)]
    [InlineData("{type: not_equals, field: severity, value: 5}", true)]
    [InlineData("{type: not_equals, field: absent, value: 5}", true)]
    [InlineData("{type: not_equals, field: severity, value: 4}", false)]
    [InlineData("{type: contains, field: error_message, value: timed}", true)]
    [InlineData("{type: contains, field: error_message, value: TIMED}", false)]
    [InlineData("{type: contains, field: error_message, value: TIMED, ignore_case: true}", true)]
    [InlineData("{type: contains, field: tags, value: nightly}", true)]
    [InlineData("{type: contains, field: tags, value: night}", false)]
    [InlineData("{type: contains, field: result.items, value: 5}", true)]
    [InlineData("{type: contains, field: metadata, value: severity}", true)]
    [InlineData("{type: not_contains, field: tags, value: weekly}", true)]
    [InlineData("{type: not_contains, field: absent, value: x}", true)]
    [InlineData("{type: matches_regex, field: error_message, regex_pattern: 'time(d|out)'}", true)]
    [InlineData("{type: matches_regex, field: error_message, regex_pattern: '^timed'}", false)]
    [InlineData("{type: matches_regex, field: tags, regex_pattern: '^Prod'}", true)]
    [InlineData("{type: matches_regex, field: error_message, regex_pattern: '(?<=database )timed'}", true)]
    [InlineData("{type: matches_regex, field: absent, regex_pattern: '.*'}", false)]
    [InlineData("{type: greater_than, field: severity, value: 3}", true)]
    [InlineData("{type: greater_than, field: severity, value: 4}", false)]
    [InlineData("{type: greater_than, field: level, value: 3}", true)]
    [InlineData("{type: greater_than, field: Region, value: 3}", false)]
    [InlineData("{type: greater_than, field: absent, value: 3}", false)]
    [InlineData("{type: less_than, field: severity, value: 4.5}", true)]
    [InlineData("{type: less_than, field: severity, value: 4}", false)]
    [InlineData("{type: between, field: severity, min_value: 4, max_value: 4}", true)]
    [InlineData("{type: between, field: severity, min_value: 4.1, max_value: 9}", false)]
    [InlineData("{type: in_list, field: severity, values: [3, 4]}", true)]
    [InlineData("{type: in_list, field: absent, values: [3, null]}", true)]
    [InlineData("{type: in_list, field: Region, values: [us, eu], ignore_case: true}", true)]
    [InlineData("{type: not_in_list, field: severity, values: [3, 4]}", false)]
    [InlineData("{type: not_in_list, field: absent, values: [3, 4]}", true)]
    [InlineData("{type: probability, probability: 1}", true)]
    [InlineData("{type: probability, probability: 0}", false)]
    [InlineData("{type: composite_and, sub_conditions: [{type: always}, {type: never}]}", false)]
    [InlineData("{type: composite_or, sub_conditions: [{type: always}, {type: never}]}", true)]
    [InlineData("{type: composite_or, negate: true, sub_conditions: [{type: never}, {type: composite_and, sub_conditions: [{type: always}, {type: never, negate: true}]}]}", false)]
    public void Condition_OfEachType_HoldsAsDocumented(string condition, bool expected)
    {
        var policies = PolicyHarness.Condition(condition);

        Assert.Equal(expected, policies.Matches(Captured));
    }

    [Theory]
    [InlineData("09:00", "17:00", "08:59:59", false)]
    [InlineData("09:00", "17:00", "09:00:00", true)]
    [InlineData("09:00", "17:00", "17:00:00", true)]
    [InlineData("09:00", "17:00", "17:00:01", false)]
    [InlineData("22:00", "06:00", "23:30:00", true)]
    [InlineData("22:00", "06:00", "05:59:59", true)]
    [InlineData("22:00", "06:00", "12:00:00", false)]
    public void TimeRange_OverTheDayAndOvernight_LooksAtTheBeginningOfTheOperation(string start, string end, string time, bool expected)
    {
        var policies = PolicyHarness.Condition($"{{type: time_range, start_time: \"{start}\", end_time: \"{end}\"}}");
        var entry = PolicyHarness.Entry() with { CreatedAt = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero) + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture) };

        Assert.Equal(expected, policies.Matches(entry));
    }

    [Fact]
    public void Probability_OfAHalf_PicksAboutHalfAndTheSameOnesAgain()
    {
        var policies = PolicyHarness.Condition("{type: probability, probability: 0.5}");
        var entries = Any.Entries(2_000);

        var first = entries.Select(policies.Matches).ToList();
        var second = entries.Select(policies.Matches).ToList();

        Assert.Equal(first, second);
        Assert.InRange(first.Count(static picked => picked), 850, 1_150);
    }

    [Fact]
    public void Probability_WithAnotherSeed_PicksOthers()
    {
        const string yaml = """
            rules:
              rule:
                conditions: [{type: probability, probability: 0.5}]
                actions: [{type: add_tag, parameters: {tag: matched}}]
            """;
        var entries = Any.Entries(200);
        var one = new PolicyHarness(yaml, options: new PolicySetOptions { Seed = 1 });
        var two = new PolicyHarness(yaml, options: new PolicySetOptions { Seed = 2 });

        Assert.NotEqual(entries.Select(one.Matches), entries.Select(two.Matches));
    }

    [Theory]
    [InlineData("agent", TriggerType.AgentOperation, "{}", true)]
    [InlineData("agent", TriggerType.WorkflowCompletion, "{}", false)]
    [InlineData("workflow", TriggerType.WorkflowCompletion, "{}", true)]
    [InlineData("user", TriggerType.DecisionPoint, """{"metadata":{"user_id":"u1"}}""", true)]
    [InlineData("user", TriggerType.DecisionPoint, "{}", false)]
    [InlineData("session", TriggerType.DecisionPoint, """{"metadata":{"session_id":"s1"}}""", true)]
    [InlineData("task", TriggerType.DecisionPoint, "{}", false)]
    [InlineData("global", TriggerType.DecisionPoint, "{}", true)]
    public void Scope_OfARule_RestrictsIt(string scope, TriggerType type, string value, bool expected)
    {
        var policies = new PolicyHarness($$"""
            rules:
              rule:
                scope: {{scope}}
                condition_operator: OR
                conditions: [{type: never}, {type: always}]
                actions: [{type: add_tag, parameters: {tag: matched} }]
            """);

        Assert.Equal(expected, policies.Matches(PolicyHarness.Entry(value, type)));
    }

    [Fact]
    public void MatchesRegex_ThatExplodes_EndsAndLetsTheMemoryPass()
    {
        var policies = PolicyHarness.Condition("{type: matches_regex, field: text, regex_pattern: '^(?=(a+)+$)(a+)+$'}");

        var decision = policies.Evaluate($$$"""{"metadata":{"text":"{{{new string('a', 40)}}}!"}}""");

        Assert.Equal(PolicyVerdict.Allow, decision.Verdict);
        Assert.Contains(decision.Reasons, static reason => reason is { Rule: "rule", Condition: "error" });
        Assert.Equal(1, Assert.Single(policies.Engine.GetStatistics().Rules).Failures);
    }
}
