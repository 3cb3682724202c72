using System.Text;

namespace MemoryTriggers.Policies;

/// <summary>Broken documents, each with its message and its place.</summary>
public sealed class PolicyYamlProblemTests
{
    private const string Rule = "rules:\n  r:\n    conditions: [{type: always}]\n    actions: [{type: abort}]\n";

    [Theory]
    [InlineData("rules:\n  r:\n    conditions: [{type: always}]\n   actions: [{type: abort}]\n", "(4,4) : not valid YAML: ")]
    [InlineData("rules:\n\tr: {}\n", "(2,1) : a tab cannot be used for indentation; use spaces")]
    [InlineData("rules: [\n", "not valid YAML: ")]
    [InlineData("rules: 'open\n", "not valid YAML: ")]
    [InlineData("- a\n- b\n", "(1,1) : must be a mapping with 'rules' or 'policies'; it is a list")]
    [InlineData("rule: {}\n", "(1,1) rule: unknown key 'rule'; did you mean 'rules'?")]
    [InlineData("rules: [a]\n", "(1,8) rules: must be a mapping; it is a list")]
    [InlineData("rules:\n  r: 5\n", "(2,6) rules.r: must be a mapping; it is a number")]
    [InlineData(Rule + "rules: {}\n", "(5,1) : duplicate key 'rules'; it is already on line 1")]
    [InlineData(Rule + "    enabled: true\n    enabled: false\n", "(6,5) : duplicate key 'enabled'; it is already on line 5")]
    [InlineData(Rule + "    <<: {}\n", "(5,5) : '<<' is not supported; repeat what it would merge")]
    [InlineData(Rule + "    prority: 1\n", "(5,5) rules.r.prority: unknown key 'prority'; did you mean 'priority'?")]
    [InlineData(Rule + "    xyzzyplugh: 1\n", "(5,5) rules.r.xyzzyplugh: unknown key 'xyzzyplugh'; known are name, description, enabled")]
    [InlineData(Rule + "    priority: high\n", "(5,15) rules.r.priority: must be a whole number; it is a text, 'high'")]
    [InlineData(Rule + "    priority: 1.5\n", "(5,15) rules.r.priority: must be a whole number; it is a number, '1.5'")]
    [InlineData(Rule + "    priority: 1001\n", "(5,15) rules.r.priority: must be between 0 and 1000; it is 1001")]
    [InlineData(Rule + "    priority: -1\n", "(5,15) rules.r.priority: must be between 0 and 1000; it is -1")]
    [InlineData(Rule + "    enabled: yes\n", "(5,14) rules.r.enabled: must be true or false; it is a text, 'yes'")]
    [InlineData(Rule + "    scope: globl\n", "(5,12) rules.r.scope: unknown scope 'globl'; did you mean 'global'?")]
    [InlineData(Rule + "    condition_operator: XOR\n", "(5,25) rules.r.condition_operator: unknown condition_operator 'XOR'; did you mean 'OR'?")]
    [InlineData(Rule + "    max_executions: 0\n", "(5,21) rules.r.max_executions: must be at least 1; it is 0")]
    [InlineData(Rule + "    cooldown_period: -5\n", "(5,22) rules.r.cooldown_period: must be at least 0; it is -5")]
    [InlineData(Rule + "    name: other\n", "(5,11) rules.r.name: the rule is called 'r' above; leave the name out or write the same")]
    [InlineData("rules:\n  r:\n    actions: [{type: abort}]\n", "(3,5) rules.r: 'conditions' is missing")]
    [InlineData("rules:\n  r:\n    conditions: []\n    actions: [{type: abort}]\n", "(3,17) rules.r.conditions: at least one condition is needed; 'always' holds for all memories")]
    [InlineData("rules:\n  r:\n    conditions: [{type: always}]\n    actions: []\n", "(4,14) rules.r.actions: at least one action is needed")]
    [InlineData("rules:\n  r:\n    conditions: [always]\n    actions: [{type: abort}]\n", "(3,18) rules.r.conditions[0]: must be a mapping with 'type'; it is a text")]
    [InlineData("policies:\n  workflow_completed: {}\n", "(2,3) policies.workflow_completed: unknown trigger type 'workflow_completed'; did you mean 'workflow_completion'?")]
    [InlineData("policies:\n  decision_point: {batch_size: 0}\n", "(2,32) policies.decision_point.batch_size: batch_size must be greater than 0")]
    [InlineData("policies:\n  decision_point: {batch_timeout: 0}\n", "(2,35) policies.decision_point.batch_timeout: batch_timeout must be greater than 0")]
    [InlineData("policies:\n  decision_point: {rate_limits: {per_project_per_hour: 0}}\n", "policies.decision_point.rate_limits.per_project_per_hour: Rate limit 'per_project_per_hour' must be greater than 0")]
    [InlineData("policies:\n  decision_point: {rate_limits: {hourly: 5}}\n", "policies.decision_point.rate_limits.hourly: 'hourly' is not a name such as 'per_project_per_hour'")]
    [InlineData("policies:\n  decision_point: {rules: [{name: '', condition: 'tag:x', decision: allow}]}\n", "policies.decision_point.rules[0].name: Rule name cannot be empty")]
    [InlineData("policies:\n  decision_point: {rules: [{name: n, condition: '', decision: allow}]}\n", "policies.decision_point.rules[0].condition: Rule 'n' condition cannot be empty")]
    [InlineData("policies:\n  decision_point: {rules: [{name: n, condition: x, decision: permit}]}\n", "(2,62) policies.decision_point.rules[0].decision: unknown decision 'permit'; known are allow, deny, modify, defer, batch")]
    [InlineData("policies:\n  decision_point: {rules: [{name: n, condition: x, decision: modify, parameters: {modified_priority: urgent}}]}\n", "policies.decision_point.rules[0].parameters.modified_priority: unknown priority 'urgent'")]
    [InlineData(Rule + "---\nrules: {}\n", "(5,1) : there is a second document; only one is read")]
    [InlineData("rules: !python/object:os.system {}\n", "(1,8) : the tag '!python/object:os.system' is not supported")]
    [InlineData("rules: *nowhere\n", "(1,8) : there is no anchor 'nowhere' above")]
    [InlineData("rules: &a\n  r: *a\n", "(2,6) : the alias 'a' is inside of what it refers to")]
    [InlineData("rules: {? [a] : b}\n", "a name must be a text")]
    public void Parse_OfABrokenDocument_NamesProblemAndPlace(string yaml, string expected)
    {
        var problems = PolicyYaml.Parse(yaml).Problems;

        Assert.Contains(expected, string.Join('\n', problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{type: equal, field: a, value: 1}", "(3,25) rules.r.conditions[0].type: unknown type 'equal'; did you mean 'equals'?")]
    [InlineData("{field: a}", "(3,18) rules.r.conditions[0]: 'type' is missing")]
    [InlineData("{type: equals, value: 1}", "(3,18) rules.r.conditions[0]: 'equals' needs 'field'")]
    [InlineData("{type: equals, field: a..b, value: 1}", "rules.r.conditions[0].field: 'a..b' is not a name such as 'metadata.severity'")]
    [InlineData("{type: equals, field: a, value: [1]}", "rules.r.conditions[0].value: must be a single value; it is a list")]
    [InlineData("{type: contains, field: a}", "(3,18) rules.r.conditions[0]: 'contains' needs 'value'")]
    [InlineData("{type: matches_regex, field: a}", "(3,18) rules.r.conditions[0]: 'matches_regex' needs 'regex_pattern'")]
    [InlineData("{type: matches_regex, field: a, regex_pattern: '('}", "(3,65) rules.r.conditions[0].regex_pattern: not a regular expression: ")]
    [InlineData("{type: greater_than, field: a, value: tall}", "rules.r.conditions[0].value: must be a number for 'greater_than'; it is 'tall'")]
    [InlineData("{type: between, field: a, min_value: 2}", "(3,18) rules.r.conditions[0]: 'between' needs 'max_value'")]
    [InlineData("{type: between, field: a, min_value: 2, max_value: 1}", "rules.r.conditions[0].max_value: must not be less than min_value")]
    [InlineData("{type: between, field: a, min_value: .inf, max_value: 1}", "rules.r.conditions[0].min_value: must be a number; it is a text, '.inf'")]
    [InlineData("{type: in_list, field: a, values: 5}", "rules.r.conditions[0].values: must be a list; it is a number, '5'")]
    [InlineData("{type: in_list, field: a}", "rules.r.conditions[0]: 'in_list' needs 'values'")]
    [InlineData("{type: time_range, start_time: 9:00, end_time: '25:00'}", "rules.r.conditions[0].end_time: must be a time such as 09:30; it is a text, '25:00'")]
    [InlineData("{type: time_range, start_time: 9:00, end_time: '10:00'}", "(3,49) rules.r.conditions[0].start_time: must be a time such as 09:30; it is a text, '9:00'")]
    [InlineData("{type: rate_limit}", "rules.r.conditions[0]: 'rate_limit' needs 'rate_limit'")]
    [InlineData("{type: rate_limit, rate_limit: 0}", "(3,49) rules.r.conditions[0].rate_limit: must be at least 1; it is 0")]
    [InlineData("{type: rate_limit, rate_limit: 99999999999}", "rules.r.conditions[0].rate_limit: must be a whole number; it is a number, '99999999999'")]
    [InlineData("{type: composite_or, negate: true, sub_conditions: [{type: rate_limit, rate_limit: 1}]}", "rules.r.conditions[0].sub_conditions[0]: a 'rate_limit' is not allowed inside a negated composite; negate the 'rate_limit' itself")]
    [InlineData("{type: probability, probability: 1.1}", "(3,51) rules.r.conditions[0].probability: must be between 0 and 1; it is 1.1")]
    [InlineData("{type: composite_and}", "rules.r.conditions[0]: 'composite_and' needs 'sub_conditions'")]
    [InlineData("{type: composite_and, sub_conditions: [{type: equals}]}", "rules.r.conditions[0].sub_conditions[0]: 'equals' needs 'field'")]
    public void Parse_OfABrokenCondition_NamesProblemAndPlace(string condition, string expected)
    {
        var problems = PolicyYaml.Parse($"rules:\n  r:\n    conditions: [{condition}]\n    actions: [{{type: abort}}]\n").Problems;

        Assert.Contains(expected, string.Join('\n', problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{type: add_tagg, parameters: {tag: x}}", "(4,22) rules.r.actions[0].type: unknown action 'add_tagg'; did you mean 'add_tag'?")]
    [InlineData("{type: add_tag}", "(4,15) rules.r.actions[0]: the action needs the parameter 'tag'")]
    [InlineData("{type: add_tag, parameters: [x]}", "rules.r.actions[0].parameters: must be a mapping; it is a list")]
    [InlineData("{type: create_memory}", "rules.r.actions[0]: the action needs the parameter 'content'")]
    [InlineData("{type: recall_memory}", "rules.r.actions[0]: 'recall_memory' needs 'query' or 'memory_id'")]
    [InlineData("{type: delete_memory}", "rules.r.actions[0]: the action needs the parameter 'memory_id'")]
    [InlineData("{type: set_quality_score, parameters: {score: 1.2}}", "(4,61) rules.r.actions[0].parameters.score: must be between 0 and 1; it is 1.2")]
    [InlineData("{type: log_event, parameters: {message: m, level: loud}}", "rules.r.actions[0].parameters.level: unknown level 'loud'; known are debug, info, warning, error, critical")]
    [InlineData("{type: execute_webhook, parameters: {url: 'file:///etc/passwd'}}", "rules.r.actions[0].parameters.url: must be an address that begins with https:// or http://; it is 'file:///***'")]
    [InlineData("{type: abort, timeout: 0.05}", "(4,38) rules.r.actions[0].timeout: must be between 0.1 and 86400; it is 0.05")]
    [InlineData("{type: abort, retry_count: -1}", "rules.r.actions[0].retry_count: must be between 0 and 100; it is -1")]
    [InlineData("{type: abort, condition: {type: never, feild: x}}", "rules.r.actions[0].condition.feild: unknown key 'feild'; did you mean 'field'?")]
    [InlineData("{type: chain_policy, parameters: {policy_name: rr}}", "(4,62) rules.r.actions[0].parameters.policy_name: there is no rule 'rr'; did you mean 'r'?")]
    [InlineData("{type: chain_policy, parameters: {policy_name: r}}", "(4,62) rules.r.actions[0].parameters.policy_name: the chain leads back to where it began: r -> r")]
    public void Parse_OfABrokenAction_NamesProblemAndPlace(string action, string expected)
    {
        var problems = PolicyYaml.Parse($"rules:\n  r:\n    conditions: [{{type: always}}]\n    actions: [{action}]\n").Problems;

        Assert.Contains(expected, string.Join('\n', problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OfAChainInACircle_NamesTheCircle()
    {
        const string yaml = """
            rules:
              a: {conditions: [{type: always}], actions: [{type: chain_policy, parameters: {policy_name: b}}]}
              b: {conditions: [{type: always}], actions: [{type: chain_policy, parameters: {policy_name: c}}]}
              c: {conditions: [{type: always}], actions: [{type: chain_policy, parameters: {policy_name: b}}]}
            """;

        var problem = Assert.Single(PolicyYaml.Parse(yaml).Problems);

        Assert.Equal("(4,94) rules.c.actions[0].parameters.policy_name: the chain leads back to where it began: b -> c -> b", problem.ToString());
    }

    [Fact]
    public void Parse_OfALongChain_DoesNotRunOutOfStack()
    {
        var yaml = new StringBuilder("rules:\n");
        for (var rule = 0; rule < 5_000; rule++)
        {
            yaml.Append($"  r{rule}: {{conditions: [{{type: always}}], actions: [{{type: chain_policy, parameters: {{policy_name: r{(rule + 1) % 5_000}}}}}]}}\n");
        }

        var problem = Assert.Single(PolicyYaml.Parse(yaml.ToString()).Problems);

        Assert.Equal("the chain leads back to where it began: r0 -> r1 -> r2 -> r3 -> r4 -> r5 -> r6 -> r7 -> r8 -> r9 -> ... -> r0", problem.Message);
    }

    [Fact]
    public void Parse_OfAHundredThousandUnknownKeys_StopsAtAThousandProblems()
    {
        var yaml = new StringBuilder(Rule);
        for (var key = 0; key < 90_000; key++) yaml.Append($"    unknown_key_{key}: 1\n");

        Assert.Equal(1_000, PolicyYaml.Parse(yaml.ToString()).Problems.Count);
    }

    [Fact]
    public void Parse_OfManyChainsToNowhere_StopsAtAHundredProblems()
    {
        var yaml = new StringBuilder("rules:\n");
        for (var rule = 0; rule < 4_000; rule++)
        {
            yaml.Append($"  r{rule}: {{conditions: [{{type: always}}], actions: [{{type: chain_policy, parameters: {{policy_name: nowhere{rule}}}}}]}}\n");
        }

        Assert.Equal(100, PolicyYaml.Parse(yaml.ToString()).Problems.Count);
    }

    [Fact]
    public void Parse_OfAnAliasBomb_EndsWithAProblem()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 60; level++) yaml.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");

        var problem = Assert.Single(PolicyYaml.Parse(yaml.ToString()).Problems);

        Assert.Equal("(6,5) : with aliases written out this has more than 200000 nodes", problem.ToString());
    }

    [Fact]
    public void Parse_OfDeepNesting_EndsWithAProblem()
    {
        var problem = Assert.Single(PolicyYaml.Parse("rules: " + new string('[', 100_000)).Problems);

        Assert.Equal("(1,71) : nested deeper than 64 levels", problem.ToString());
    }

    [Fact]
    public void Parse_OfDeepConditions_EndsWithAProblem()
    {
        var condition = "{type: always}";
        for (var depth = 0; depth < 17; depth++) condition = $"{{type: composite_and, sub_conditions: [{condition}]}}";

        var problems = PolicyYaml.Parse($"rules:\n  r:\n    conditions: [{condition}]\n    actions: [{{type: abort}}]\n").Problems;

        Assert.Contains("conditions are nested deeper than 16", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OfALargeDocument_RefusesIt()
    {
        var problem = Assert.Single(PolicyYaml.Parse("# " + new string('x', PolicyYaml.MaxBytes)).Problems);

        Assert.Equal($"(1,1) : the document has {PolicyYaml.MaxBytes + 2} bytes; at most {PolicyYaml.MaxBytes} are read", problem.ToString());
    }

    [Fact]
    public void Parse_OfSeveralProblems_FindsThemAllInOrder()
    {
        var document = PolicyYaml.Parse(Rule + "    priority: 5000\n    scop: agent\n  s:\n    conditions: [{type: alway}]\n    actions: [{type: abort}]\n");

        Assert.Equal([6, 8], document.Problems.Select(static problem => problem.Line));
        Assert.Throws<PolicyException>(() => document.Compile());
    }

    [Fact]
    public void Parse_OfAnchorsWithinBounds_UsesThem()
    {
        var document = PolicyYaml.Parse("""
            rules:
              a: {conditions: &all [{type: always}], actions: [{type: abort}]}
              b: {conditions: *all, actions: [{type: abort}]}
            """);

        Assert.Empty(document.Problems);
        Assert.Equal(PolicyConditionType.Always, Assert.Single(document.Rules[1].Conditions).Type);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("rules:\n")]
    [InlineData("rules: {}\npolicies: {}\n")]
    public void Parse_OfNothing_IsEmpty(string yaml)
    {
        var document = PolicyYaml.Parse(yaml);

        Assert.Empty(document.Problems);
        Assert.Empty(document.Rules);
    }

    [Fact]
    public void Compile_OfRulesFromCodeThatAreBroken_SaysAllThatIsWrong()
    {
        var rule = new PolicyRule { Name = "r", Priority = 2000, Conditions = [new PolicyCondition { Type = PolicyConditionType.Equals }] };

        var thrown = Assert.Throws<PolicyException>(() => PolicySet.Compile([rule, rule]));

        Assert.Contains("rules.r.priority: must be between 0 and 1000; it is 2000", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("rules.r.conditions[0]: 'equals' needs 'field'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("rules.r: there are several rules of that name", thrown.Message, StringComparison.Ordinal);
    }
}
