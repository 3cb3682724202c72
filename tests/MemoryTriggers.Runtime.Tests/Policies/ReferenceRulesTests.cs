using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>Rules of the shapes that the reference's nine examples have: they load, and do what they say.</summary>
public sealed class ReferenceRulesTests
{
    private const string Rules = """
        rules:
          basic_error_handler:
            priority: 100
            scope: global
            conditions: [{type: equals, field: event_type, value: error}]
            condition_operator: AND
            actions: [{type: create_memory, parameters: {content: 'Error: ${error_message}', tags: [error], metadata: {at: '${timestamp}', severity: '${severity}'}}}]
            max_executions: null
            cooldown_period: 30
          intelligent_error_handler:
            priority: 200
            conditions:
              - type: composite_and
                sub_conditions:
                  - {type: equals, field: event_type, value: error}
                  - {type: composite_or, sub_conditions: [{type: contains, field: error_message, value: fatal}, {type: greater_than, field: severity, value: 7}]}
                  - {type: rate_limit, field: service_name, rate_limit: 5, time_window: 300}
            actions:
              - {type: create_memory, priority: 1, parameters: {content: 'Critical in ${service_name}', tags: [critical, '${service_name}'], metadata: {code: '${error_code}'}}}
              - type: trigger_alert
                priority: 2
                condition: {type: equals, field: environment, value: production}
                parameters: {alert_type: critical, message: 'Critical error in ${service_name}', channels: [pager, chat]}
              - type: execute_webhook
                priority: 3
                async_execution: true
                parameters: {url: 'https://monitoring.example.com/api', method: POST, headers: {Content-Type: application/json, Authorization: 'Bearer ${MONITORING_API_TOKEN}'}, data: {service: '${service_name}'}}
          business_hours_memory:
            scope: workflow
            conditions:
              - type: composite_and
                sub_conditions:
                  - {type: equals, field: event_type, value: user_interaction}
                  - {type: time_range, start_time: "09:00", end_time: "17:00"}
                  - {type: not_in_list, field: day_of_week, values: [saturday, sunday]}
            actions: [{type: create_memory, parameters: {content: 'Interaction: ${interaction_type}', metadata: {business_context: true}}}]
          learning_pattern_detector:
            scope: agent
            conditions:
              - {type: greater_than, field: confidence_score, value: 0.8}
              - {type: matches_regex, field: learning_domain, regex_pattern: "^(technical|business)_.*"}
              - {type: probability, probability: 1.0}
            actions:
              - {type: create_memory, parameters: {content: 'Learned in ${learning_domain}', tags: [learning]}}
              - {type: add_tag, condition: {type: greater_than, field: confidence_score, value: 0.9}, parameters: {memory_id: '${created_memory_id}', tag: high_confidence}}
              - {type: chain_policy, condition: {type: contains, field: learning_domain, value: business}, parameters: {policy_name: enhancement, context: {confidence: '${confidence_score}'}}}
          enhancement:
            conditions: [{type: greater_than, field: confidence, value: 0.5}]
            actions: [{type: add_tag, parameters: {tag: enhanced}}]
          workflow_completion_handler:
            scope: workflow
            conditions: [{type: equals, field: workflow_status, value: completed}, {type: greater_than, field: duration_minutes, value: 5}]
            actions:
              - {type: create_memory, priority: 1, parameters: {content: '${workflow_name} in ${duration_minutes} minutes', tags: [workflow, completion]}}
              - {type: set_quality_score, priority: 2, condition: {type: greater_than, field: success_rate, value: 0.9}, parameters: {memory_id: '${created_memory_id}', score: 0.95}}
              - {type: log_event, priority: 3, parameters: {level: info, message: 'Memory created for ${workflow_name}'}}
              - type: update_memory
                priority: 4
                condition: {type: greater_than, field: duration_minutes, value: 60}
                parameters: {memory_id: '${created_memory_id}', updates: {tags: ['${existing_tags}', long_running], metadata: {performance_flag: review_needed}}}
          context_aware_recall:
            scope: agent
            conditions: [{type: equals, field: operation_type, value: user_query}, {type: in_list, field: query_category, values: [technical, process]}]
            actions:
              - {type: recall_memory, priority: 1, parameters: {query: '${user_query}', limit: 5, filters: {tags: ['${query_category}'], min_quality_score: 0.6}, sort_by: relevance}}
              - type: create_memory
                priority: 2
                condition: {type: greater_than, field: recalled_memories_count, value: 0}
                parameters: {content: 'Recall for: ${user_query}', metadata: {recalled_count: '${recalled_memories_count}', agent: '${agent_name}'}}
          performance_monitor:
            condition_operator: OR
            conditions: [{type: greater_than, field: response_time_ms, value: 5000}, {type: less_than, field: success_rate, value: 0.5}]
            actions: [{type: trigger_alert, parameters: {alert_type: performance, message: 'Threshold exceeded: ${performance_metric}', urgency: high}}]
          data_quality_validator:
            conditions: [{type: equals, field: data_validation_event, value: true}, {type: less_than, field: data_quality_score, value: 0.7}]
            actions:
              - {type: create_memory, priority: 1, parameters: {content: 'Quality ${data_quality_score}', tags: [trusted_data, issue]}}
              - {type: set_quality_score, priority: 2, parameters: {memory_id: '${created_memory_id}', score: '${data_quality_score}'}}
              - {type: remove_tag, priority: 3, condition: {type: less_than, field: data_quality_score, value: 0.5}, parameters: {memory_id: '${created_memory_id}', tag: trusted_data}}
          user_behavior_analyzer:
            scope: user
            conditions: [{type: equals, field: event_type, value: user_behavior}, {type: rate_limit, field: user_id, rate_limit: 3, time_window: 3600}]
            actions:
              - {type: create_memory, priority: 1, parameters: {content: 'Behavior: ${behavior_description}', metadata: {anomaly_score: '${anomaly_score}'}}}
              - {type: add_tag, priority: 2, condition: {type: greater_than, field: anomaly_score, value: 0.8}, parameters: {memory_id: '${created_memory_id}', tag: high_anomaly}}
        """;

    private readonly CollectingLoggers _logs = new(out _);
    private readonly List<string> _lines = [];
    private readonly InMemoryMemoryBackend _backend = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Rules_OfTheReference_Load()
    {
        var options = new PolicySetOptions { Reach = new WebhookReach(["monitoring.example.com"], allowPrivate: false) };

        Assert.Empty(PolicyYaml.Parse(Rules, options).Problems);
    }

    [Fact]
    public async Task Learning_OfHighConfidence_TagsTheMemoryThatItMakes()
    {
        var (decision, made) = await RunAsync("""{"confidence_score":0.95,"learning_domain":"business_sales"}""", TriggerType.AgentOperation);

        Assert.Equal(("Learned in business_sales", "learning, high_confidence"), (made!.Content, string.Join(", ", made.Tags)));
        Assert.Contains("enhanced", decision.Entry.Tags);
        Assert.DoesNotContain("high_confidence", decision.Entry.Tags);
    }

    [Fact]
    public async Task Workflow_ThatTookLong_IsScoredAndUpdated()
    {
        var (_, made) = await RunAsync("""{"workflow_status":"completed","duration_minutes":90,"success_rate":0.99,"workflow_name":"build"}""", TriggerType.WorkflowCompletion);

        Assert.Equal(("build in 90 minutes", 0.95, "workflow, completion, long_running"), (made!.Content, made.QualityScore, string.Join(", ", made.Tags)));
        Assert.Contains("Memory created for build", string.Join('\n', _lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.7, "1")]
    [InlineData(0.5, null)]
    public async Task Recall_OfAQuery_IsRememberedWhenItFoundSomething(double quality, string? count)
    {
        await _backend.StoreAsync([Any.Entry("The cache was cold") with { Tags = ["technical"], QualityScore = quality }], Token);

        var (_, made) = await RunAsync("""{"operation_type":"user_query","query_category":"technical","user_query":"cache","agent_name":"qa"}""", TriggerType.AgentOperation);

        Assert.Equal(count, made?.Value.GetProperty("metadata").GetProperty("recalled_count").ToString());
    }

    [Fact]
    public async Task Performance_OutOfBounds_RaisesAnAlertOfItsUrgency()
    {
        await RunAsync("""{"response_time_ms":6000,"performance_metric":"latency"}""", TriggerType.DecisionPoint);

        Assert.Contains(_logs.Warnings, static line => line.Contains("Alert performance of policy performance_monitor: Threshold exceeded: latency", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Quality_OfTheData_IsThatOfTheMemoryMade()
    {
        var (decision, made) = await RunAsync("""{"data_validation_event":true,"data_quality_score":0.4}""", TriggerType.DecisionPoint);

        Assert.Equal((0.4, "issue"), (made!.QualityScore, string.Join(", ", made.Tags)));
        Assert.Null(decision.Entry.QualityScore);
    }

    private async Task<(PolicyDecision Decision, MemoryEntry? Made)> RunAsync(string metadata, TriggerType type)
    {
        var policies = new PolicyHarness(Rules);
        var decision = policies.Engine.Evaluate(PolicyHarness.Entry($$"""{"metadata":{{metadata}}}""", type) with { QualityScore = null });
        var runner = new PolicyActionRunner(
            policies.Engine, PolicyActionRunner.BuiltIn(_backend, new WebhookClient(new PoliciesOptions()), policies.Time, _logs), policies.Time, new Logger<PolicyActionRunner>(_logs));
        var results = await runner.RunAsync(decision, Token);
        _lines.AddRange(policies.Logs.Lines);
        var made = results.FirstOrDefault(static result => result is { ActionType: PolicyActionTypes.CreateMemory, Success: true })?.Entries[0];
        return (decision, made is null ? null : await _backend.GetAsync(made.Id, Token));
    }
}
