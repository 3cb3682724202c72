namespace MemoryTriggers.Policies;

public sealed class PolicyLimitTests
{
    [Fact]
    public void RateLimit_PerKey_CountsEachKeyApartAndOpensAgain()
    {
        var policies = PolicyHarness.Condition("{type: rate_limit, field: user_id, rate_limit: 2, time_window: 60}");

        Assert.True(policies.Matches(User("a")));
        Assert.True(policies.Matches(User("a")));
        Assert.False(policies.Matches(User("a")));
        Assert.True(policies.Matches(User("b")));

        policies.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(policies.Matches(User("a")));
    }

    [Fact]
    public void RateLimit_WithMoreKeysThanAreKept_ForgetsTheOldestOnly()
    {
        var policies = PolicyHarness.Condition("{type: rate_limit, field: user_id, rate_limit: 1, time_window: 86400}");
        for (var user = 0; user < 10_500; user++)
        {
            policies.Time.Advance(TimeSpan.FromMilliseconds(1));
            policies.Engine.Evaluate(PolicyHarness.Entry(User($"u{user}")));
        }

        Assert.True(policies.Matches(User("u0")));
        Assert.False(policies.Matches(User("u10499")));
        Assert.False(policies.Matches(User("u1100")));
    }

    [Fact]
    public void RateLimit_OfTwoRulesOverOneField_IsNotShared()
    {
        var policies = new PolicyHarness("""
            rules:
              one:
                conditions: [{type: rate_limit, field: user_id, rate_limit: 1}]
                actions: [{type: add_tag, parameters: {tag: one}}]
              two:
                conditions: [{type: rate_limit, field: user_id, rate_limit: 1}]
                actions: [{type: add_tag, parameters: {tag: two}}]
            """);

        var tags = policies.Evaluate(User("a")).Entry.Tags;

        Assert.Contains("one", tags);
        Assert.Contains("two", tags);
    }

    [Fact]
    public void RateLimit_OfARuleThatFailsForAnotherReason_IsNotUsedUp()
    {
        var policies = new PolicyHarness("""
            rules:
              rule:
                conditions:
                  - {type: rate_limit, rate_limit: 1}
                  - {type: equals, field: wanted, value: true}
                actions: [{type: add_tag, parameters: {tag: matched}}]
            """);

        Assert.False(policies.Matches("""{"metadata":{"wanted":false}}"""));
        Assert.True(policies.Matches("""{"metadata":{"wanted":true}}"""));
        Assert.False(policies.Matches("""{"metadata":{"wanted":true}}"""));
    }

    [Fact]
    public void RateLimit_Negated_HoldsAboveTheLimit()
    {
        var policies = PolicyHarness.Condition("{type: rate_limit, rate_limit: 2, time_window: 10, negate: true}");

        bool[] found = [policies.Matches(), policies.Matches(), policies.Matches(), policies.Matches()];

        Assert.Equal([false, false, true, true], found);
    }

    [Fact]
    public void RateLimit_OfAnAction_LimitsTheActionOnly()
    {
        var policies = PolicyHarness.Actions("{type: add_tag, parameters: {tag: limited}, condition: {type: rate_limit, rate_limit: 1}}, {type: add_tag, parameters: {tag: matched}}");

        Assert.Contains("limited", policies.Evaluate().Entry.Tags);
        var second = policies.Evaluate().Entry.Tags;

        Assert.DoesNotContain("limited", second);
        Assert.Contains("matched", second);
    }

    [Fact]
    public void RateLimit_FromManyThreads_IsNeverExceeded()
    {
        var policies = PolicyHarness.Condition("{type: rate_limit, rate_limit: 100}");
        var matched = 0;

        Parallel.For(0, 4_000, _ =>
        {
            if (policies.Matches()) Interlocked.Increment(ref matched);
        });

        Assert.Equal(100, matched);
    }

    [Fact]
    public void MaxExecutions_WhenReached_EndsTheRule()
    {
        var policies = Rule("max_executions: 2");

        bool[] found = [policies.Matches(), policies.Matches(), policies.Matches()];

        Assert.Equal([true, true, false], found);
    }

    [Fact]
    public void CooldownPeriod_AfterAMatch_LetsTheRuleRest()
    {
        var policies = Rule("cooldown_period: 60");

        Assert.True(policies.Matches());
        policies.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(policies.Matches());
        policies.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(policies.Matches());
    }

    [Fact]
    public void Install_OfAChangedSet_KeepsLimitsAndCountersByName()
    {
        var policies = Rule("max_executions: 1");
        Assert.True(policies.Matches());

        policies.Engine.Install(policies.Engine.Set);

        Assert.False(policies.Matches());
        Assert.Equal(1, Assert.Single(policies.Engine.GetStatistics().Rules).Executions);
    }

    [Fact]
    public void Enabled_WhenFalse_TurnsTheRuleOff()
    {
        var policies = Rule("enabled: false");

        Assert.False(policies.Matches());
        Assert.Equal("it is switched off", Assert.Single(policies.Engine.Explain(PolicyHarness.Entry())).Why);
    }

    private static PolicyHarness Rule(string setting) => new($$"""
        rules:
          rule:
            {{setting}}
            conditions: [{type: always}]
            actions: [{type: add_tag, parameters: {tag: matched} }]
        """);

    private static string User(string id) => $$$"""{"metadata":{"user_id":"{{{id}}}"}}""";
}
