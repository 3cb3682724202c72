using System.Text.Json;
using MemoryTriggers.Configuration;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Policies;

/// <summary>A slip in a policy is an error at every door; none makes a rule for everything, or for nothing.</summary>
[Collection(nameof(ProcessWide))]
public sealed class PolicyTypoTests : IDisposable
{
    // Each name between « and » is a known one. A slip in any letter of it must be refused.
    private const string Valid = """
        «rules»:
          errors:
            «scope»: «agent»
            «condition_operator»: «AND»
            «cooldown_period»: 60
            «conditions»:
              - {«type»: «contains», «field»: «error_message», «value»: database, «ignore_case»: true}
              - {«type»: «equals», «field»: «trigger_type», «value»: «agent_operation»}
              - {«type»: «in_list», «field»: «priority», «values»: [«high», «critical»]}
              - {«type»: «equals», «field»: «success», «value»: «false»}
              - {«type»: «between», «field»: «duration_ms», «min_value»: 1, «max_value»: 2}
              - {«type»: «greater_than», «field»: «metadata».severity, «value»: 3}
              - {«type»: «not_equals», «field»: «exception».«message», «value»: x}
              - {«type»: «rate_limit», «field»: «user_id», «rate_limit»: 5, «time_window»: 300}
              - {«type»: «composite_or», «sub_conditions»: [{«type»: «always»}], «negate»: true}
            «actions»:
              - {«type»: «recall_memory», «parameters»: {«query»: '${«error_message»}', «limit»: 5, «sort_by»: «relevance», «filters»: {«min_quality_score»: 0.5}}}
              - «type»: «create_memory»
                «condition»: {«type»: «greater_than», «field»: «recalled_memories_count», «value»: 0}
                «parameters»: {«content»: 'in ${«project»}: ${«recalled_memories_count»}', «tags»: [a], «metadata»: {b: '${«session_id»}'}, «priority»: «medium»}
              - {«type»: «set_quality_score», «parameters»: {«memory_id»: '${«created_memory_id»}', «score»: 0.5}}
              - {«type»: «update_memory», «parameters»: {«memory_id»: '${«created_memory_id»}', «updates»: {«category»: error, «tags»: ['${«existing_tags»}', b]}}}
              - {«type»: «trigger_alert», «parameters»: {«alert_type»: «warning», «urgency»: «high», «channels»: [ops], «message»: 'of ${«correlation_id»}'}}
              - {«type»: «execute_webhook», «retry_count»: 1, «parameters»: {«url»: 'https://hooks.example.com/', «method»: «POST», «headers»: {A: b}, «data»: '${«timestamp»}'}}
              - {«type»: «log_event», «parameters»: {«level»: «info», «message»: '${«quality_score»}'}}
              - {«type»: «chain_policy», «parameters»: {«policy_name»: «others», «context»: {origin: errors}}}
          others:
            «conditions»: [{«type»: «equals», «field»: origin, «value»: errors}]
            «decision»: «modify»
            «parameters»: {«modified_priority»: «low», «modified_category»: error, «added_tag»: late}
        «policies»:
          «workflow_completion»:
            «default_decision»: «allow»
            «rate_limits»: {«per_project_per_hour»: 10, «per_error_type_per_minute»: 3, «per_metadata».customer_per_«day»: 1}
            «rules»:
              - {«name»: a, «condition»: '«priority»:«low»', «decision»: «deny»}
              - {«name»: b, «condition»: '«type»:«workflow_completion»', «decision»: «batch»}
              - {«name»: c, «condition»: '«metadata»:success=«true»', «decision»: «defer»}
              - {«name»: d, «condition»: '«content»:error', «decision»: «allow»}
              - {«name»: e, «condition»: '«project»:shop*', «decision»: «allow»}
              - {«name»: f, «condition»: '«source»:qa', «decision»: «allow»}
              - {«name»: g, «condition»: '«tag»:nightly', «decision»: «allow»}
              - {«name»: h, «condition»: «always», «decision»: «allow»}
        """;

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> OneOfEachKind =>
    [
        "policies: {workflow_completion: {rules: [{name: n, condition: 'prioritiy:low', decision: deny}]}}",
        "policies: {workflow_completion: {rules: [{name: n, condition: 'type:workflow', decision: deny}]}}",
        "policies: {workflow_completion: {rules: [{name: n, condition: 'priority:urgent', decision: deny}]}}",
        "policies: {workflow_completion: {rules: [{name: n, condition: 'metadata:count>5', decision: deny}]}}",
        "policies: {workflow_completion: {rate_limits: {per_banana_per_hour: 1}}}",
        "policies: {workflow_completion: {rate_limits: {per_project_per_hours: 1}}}",
        "rules: {r: {conditions: [{type: equals, field: priority, value: urgent}], decision: deny}}",
        "rules: {r: {conditions: [{type: not_equals, field: eror_message, value: x}], decision: deny}}",
        "rules: {r: {conditions: [{type: always}], actions: [{type: add_tga, parameters: {tag: x}}]}}",
        "rules: {r: {conditions: [{type: always}], actions: [{type: add_tag, parameters: {tag: x, bogus: 1}}]}}",
        "rules: {r: {conditions: [{type: always}], actions: [{type: recall_memory, parameters: {query: x, limit: -1}}]}}",
        "rules: {r: {conditions: [{type: always}], actions: [{type: delete_memory, parameters: {memory_id: not-a-guid}}]}}",
        "rules: {r: {conditions: [{type: always}], actions: [{type: log_event, parameters: {message: '${created_memory_id}'}}]}}",
    ];

    private string Rules => _directory.File("rules.yaml");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Document_WithoutASlip_IsRight() => Assert.Empty(PolicyYaml.Parse(Plain(Valid)).Problems);

    [Fact]
    public void Document_WithASlipInAnyLetterOfAnyName_IsRefused()
    {
        var taken = new List<string>();
        var tried = 0;
        // Keys such as 'type' come again and again; the first few are enough.
        foreach (var (name, start) in Names().GroupBy(static found => found.Name).SelectMany(static same => same.Take(2)))
        {
            foreach (var slip in Slips(name).Where(slip => slip != name))
            {
                tried++;
                var text = Plain(Valid[..start]) + slip + Plain(Valid[(start + name.Length)..]);
                if (PolicyYaml.Parse(text).Problems.Count == 0) taken.Add($"{name} -> {slip}");
            }
        }

        Assert.True(tried > 2_000, $"only {tried} were tried");
        Assert.Empty(taken);
    }

    [Theory]
    [MemberData(nameof(OneOfEachKind))]
    public async Task Doors_OfASlip_AllRefuseIt_WithTheSameWords(string yaml)
    {
        File.WriteAllText(Rules, yaml);
        var expected = Assert.Single(PolicyYaml.Parse(yaml).Problems).Message;

        var alone = MemoryConfiguration.ValidateFile(Rules);
        var configured = Configured.Yaml($"policies: {{file: {Rules}}}\n");
        var started = await Assert.ThrowsAnyAsync<Exception>(() => MemoryTriggerService.StartAsync(
            options => (options.DataDirectory, options.Policies.File) = (_directory.File("data"), Rules), cancellationToken: Token));

        Assert.Contains(alone.Refusals, issue => issue.Message == expected);
        Assert.Contains(configured.Refusals, issue => issue.Message == expected);
        Assert.Contains(expected, started.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prioritiy:low", "unknown condition 'prioritiy:'; did you mean 'priority'?")]
    [InlineData("type:workflow", "unknown trigger_type 'workflow'; did you mean 'workflow_completion'?")]
    [InlineData("type:workflow*", "unknown trigger_type 'workflow*'")]
    [InlineData("priority:urgent", "unknown priority 'urgent'; known are critical, high, medium, low")]
    [InlineData("allways", "'allways' is not a condition such as 'priority:high'; did you mean 'always'?")]
    [InlineData("priority=low", "'priority=low' is not a condition such as 'priority:high'")]
    [InlineData("project:", "'project:' needs a value")]
    [InlineData("metadata:a==b", "'metadata:a==b' is neither 'metadata:name' nor 'metadata:name=value'")]
    [InlineData("metadata:a!=b", "'metadata:a!=b' is neither")]
    [InlineData("metadata:a>=5", "'metadata:a>=5' is neither")]
    [InlineData("metadata:a:b", "'metadata:a:b' is neither")]
    [InlineData("metadata:=b", "'metadata:=b' is neither")]
    [InlineData("metadata:a=", "'metadata:a=' needs a value")]
    [InlineData("metadata:success=ture", "unknown success 'ture'; did you mean 'true'?")]
    [InlineData("tag:[z-a]", "'[z-a]' is not a pattern")]
    public void ShortCondition_ThatIsNone_SaysWhatIsWrong(string condition, string expected) =>
        Assert.StartsWith(expected, ShortCondition.Problem(condition), StringComparison.Ordinal);

    [Theory]
    [InlineData("metadata:xyz=1")]
    [InlineData("metadata:http.status=500")]
    [InlineData("metadata:formula=a=b")]
    [InlineData(" Priority : HIGH ")]
    [InlineData("tag:a=b")]
    [InlineData("content:type:x")]
    public void ShortCondition_WithAFreeName_IsTaken(string condition) => Assert.Null(ShortCondition.Problem(condition));

    [Theory]
    [InlineData("per_banana_per_hour", "unknown field 'banana'")]
    [InlineData("per_proyect_per_hour", "unknown field 'proyect'; did you mean 'project'?")]
    [InlineData("per_project_per_hours", "unknown unit 'hours'; did you mean 'hour'?")]
    [InlineData("per_project_per_week", "unknown unit 'week'")]
    [InlineData("per_metdata.a_per_hour", "unknown field 'metdata.a'")]
    [InlineData("per_hour", "'per_hour' is not a name such as 'per_project_per_hour'")]
    [InlineData("per_metadata.banana_per_hour", null)]
    [InlineData("per_user_id_per_day", null)]
    public void RateLimit_OfAnUnknownUnit_IsRefused(string name, string? expected)
    {
        var problem = RateLimitName.Problem(name);

        if (expected is null) Assert.Null(problem);
        else Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{type: equals, field: trigger_type, value: workflow}", "unknown trigger_type 'workflow'; did you mean 'workflow_completion'?")]
    [InlineData("{type: not_in_list, field: outcome, values: [succes]}", "unknown outcome 'succes'; did you mean 'success'?")]
    [InlineData("{type: equals, field: priority, value: High}", "unknown priority 'High'; did you mean 'high'?")]
    [InlineData("{type: greater_than, field: priority, value: 2}", "'priority' is not a number but one of critical, high, medium, low")]
    [InlineData("{type: not_equals, field: tags, value: nightly}", "'tags' is a list, which 'not_equals' never holds for")]
    [InlineData("{type: equals, field: severity}", "'equals' needs 'value'")]
    [InlineData("{type: always, field: a}", "'always' has no 'field'")]
    [InlineData("{type: in_list, field: a, values: [1], value: 2}", "'in_list' has no 'value'")]
    [InlineData("{type: equals, field: exception.mesage, value: x}", "unknown field 'exception.mesage'; did you mean 'message'?")]
    [InlineData("{type: equals, field: projct, value: x}", "unknown field 'projct'; did you mean 'project'? A captured value of that name is 'metadata.projct'")]
    [InlineData("{type: equals, field: recalled_memories_count, value: 1}", "'recalled_memories_count' is for actions")]
    public void Condition_ThatNeverHolds_IsRefused(string condition, string expected)
    {
        var problem = Assert.Single(PolicyYaml.Parse($"rules: {{r: {{conditions: [{condition}], decision: deny}}}}").Problems);

        Assert.StartsWith(expected, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{type: equals, field: severity, value: null}")]
    [InlineData("{type: equals, field: Priority, value: urgent, negate: true}", false)]
    [InlineData("{type: equals, field: priority, value: HIGH, ignore_case: true}")]
    [InlineData("{type: equals, field: service_name, value: x}")]
    [InlineData("{type: equals, field: metadata.projct, value: x}")]
    [InlineData("{type: equals, field: data_quality_score, value: 1}")]
    public void Condition_WithAFreeName_IsTaken(string condition, bool isTaken = true) =>
        Assert.Equal(isTaken, PolicyYaml.Parse($"rules: {{r: {{conditions: [{condition}], decision: deny}}}}").Problems.Count == 0);

    [Fact]
    public void Compile_OfRulesFromCode_RefusesTheSame()
    {
        var rule = new PolicyRule
        {
            Name = "r", Conditions = [new PolicyCondition { Type = PolicyConditionType.Equals, Field = "priorty", Value = "low" }],
            Actions = [new PolicyAction { Type = PolicyActionTypes.AddTag, Parameters = JsonElement.Parse("""{"tga":"x"}""") }],
        };
        var policy = new TriggerPolicy
        {
            Type = TriggerType.DecisionPoint,
            Rules = [new TriggerPolicyRule { Name = "n", Condition = "prioritiy:low", Decision = PolicyVerdict.Deny, Parameters = new Dictionary<string, string> { ["added_tag"] = "x" } }],
        };

        var problems = Assert.Throws<PolicyException>(() => PolicySet.Compile([rule], [policy])).Problems.Select(static problem => problem.Path);

        Assert.Equal(
            [
                "rules.r.conditions[0].field", "rules.r.actions[0].parameters.tga", "rules.r.actions[0]", "policies.decision_point.rules[0].condition",
                "policies.decision_point.rules[0].parameters",
            ],
            problems);
    }

    private static string Plain(string text) => text.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);

    private static IEnumerable<(string Name, int Start)> Names()
    {
        for (var at = Valid.IndexOf('«', StringComparison.Ordinal); at >= 0; at = Valid.IndexOf('«', at + 1))
        {
            yield return (Valid[(at + 1)..Valid.IndexOf('»', at)], at + 1);
        }
    }

    private static IEnumerable<string> Slips(string name)
    {
        for (var at = 0; at < name.Length; at++)
        {
            yield return name.Remove(at, 1);
            yield return name[..at] + 'q' + name[(at + 1)..];
            yield return name.Insert(at, "q");
            if (at + 1 < name.Length && name[at] != name[at + 1]) yield return name[..at] + name[at + 1] + name[at] + name[(at + 2)..];
        }
    }
}
