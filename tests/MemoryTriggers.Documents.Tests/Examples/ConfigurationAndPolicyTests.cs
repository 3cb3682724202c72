using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Documents.Examples;

/// <summary>The examples of the document about configuration and policies, in C#.</summary>
public sealed class ConfigurationAndPolicyTests : IDisposable
{
    private const string Settings = """
        environment: production
        debug_mode: false
        config_version: "1.0"
        global_enabled: true
        max_memory_operations_per_second: 500
        performance:
          create_timeout: 5.0
          recall_timeout: 3.0
          batch_size: 100
          max_concurrent_operations: 20
          cache_enabled: true
          cache_ttl_seconds: 300
        lifecycle:
          default_retention_days: 180
          auto_cleanup_enabled: true
        monitoring:
          metrics_enabled: true
          log_level: INFO
        features:
          workflow_triggers: true
          auto_recall: true
        backend:
          backend_type: local
        """;

    private const string Rules = """
        rules:
          error_handler:
            name: error_handler
            description: Handle error events with memory creation
            enabled: true
            priority: 100
            scope: global
            conditions:
              - type: composite_and
                sub_conditions:
                  - {type: equals, field: event_type, value: error}
                  - type: composite_or
                    sub_conditions:
                      - {type: contains, field: error_message, value: database}
                      - {type: contains, field: error_message, value: connection}
            actions:
              - type: create_memory
                condition: {type: greater_than, field: severity, value: 3}
                parameters: {content: "High severity error", tags: [error, incident]}
              - type: trigger_alert
                condition: {type: equals, field: environment, value: production}
                parameters: {alert_type: critical, message: "Memory created for error event"}
            cooldown_period: 60
        """;

    private readonly ExampleFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_IsValidatedWithScoreAndIssues()
    {
        var valid = MemoryConfiguration.ValidateFile(_folder.Write("production.yaml", Settings));
        var wrong = MemoryConfiguration.ValidateText(Settings.Replace("batch_size: 100", "batch_size: -1", StringComparison.Ordinal));

        Assert.True(valid.IsValid, string.Join('\n', valid.Issues));
        Assert.InRange(valid.PerformanceScore, 0, 100);
        Assert.False(wrong.IsValid);
        Assert.Equal("performance.batch_size", Assert.Single(wrong.Issues, static issue => issue.IsError).Path);
    }

    [Fact]
    public async Task File_StartsTheService_WhichTellsEachValue()
    {
        var file = _folder.Write("production.yaml", Settings);

        await using var service = await MemoryTriggerService.StartAsync(options =>
        {
            options.DataDirectory = _folder.Path;
            options.Use(new ConfigurationBuilder().AddMemoryTriggersYaml(file).Build());
        }, cancellationToken: Token);

        Assert.Equal("100", service.Configuration!.Values.Single(static value => value.Path == "performance.batch_size").Value);
    }

    [Fact]
    public void Rule_AddedFromCode_IsExecutedAgainstAContext()
    {
        var engine = new PolicyEngine();
        var rule = new PolicyRule
        {
            Name = "error_memory_trigger",
            Description = "Create memory for error events",
            Conditions = [new() { Type = PolicyConditionType.Equals, Field = "event_type", Value = "error" }],
            Actions =
            [
                new()
                {
                    Type = PolicyActionTypes.CreateMemory,
                    Parameters = MemoryValue.Of(new { content = "Error event occurred", tags = new[] { "error", "incident" } }),
                },
            ],
        };
        var context = new Dictionary<string, object?> { ["event_type"] = "error", ["message"] = "Database connection failed" };

        engine.AddRule(rule);
        var results = engine.Evaluate(context);

        var action = Assert.Single(results.Actions);
        Assert.Equal(("error_memory_trigger", "create_memory"), (action.Rule, action.Action.Type));
        Assert.True(engine.RemoveRule(rule.Name));
        Assert.False(engine.RemoveRule(rule.Name));
        Assert.Empty(engine.Evaluate(context).Actions);
    }

    [Fact]
    public void Rule_OfAKnownName_IsReplaced_AndAWrongOneRefused()
    {
        var engine = new PolicyEngine();
        engine.AddRule(Always("first", PolicyVerdict.Deny));
        engine.AddRule(Always("first", PolicyVerdict.Allow));

        Assert.Throws<PolicyException>(() => engine.AddRule(new PolicyRule { Name = "empty" }));
        Assert.Equal(PolicyVerdict.Allow, engine.Evaluate(new Dictionary<string, object?>()).Verdict);
        Assert.Equal("first", Assert.Single(engine.Set.Rules).Name);

        static PolicyRule Always(string name, PolicyVerdict verdict) =>
            new() { Name = name, Conditions = [new() { Type = PolicyConditionType.Always }], Verdict = verdict };
    }

    [Fact]
    public void Rules_OfAFile_CombineConditionsAndHaveConditionalActions()
    {
        var engine = new PolicyEngine(PolicySet.Parse(Rules));

        var severe = engine.Evaluate(Event("database is locked", severity: 5, "testing"));
        var production = new PolicyEngine(PolicySet.Parse(Rules)).Evaluate(Event("no connection", severity: 1, "production"));
        var other = new PolicyEngine(PolicySet.Parse(Rules)).Evaluate(Event("file not found", severity: 5, "production"));

        Assert.Equal(["create_memory"], severe.Actions.Select(static call => call.Action.Type));
        Assert.Equal(["trigger_alert"], production.Actions.Select(static call => call.Action.Type));
        Assert.Empty(other.Actions);

        static Dictionary<string, object?> Event(string message, int severity, string environment) => new()
        {
            ["event_type"] = "error", ["error_message"] = message, ["severity"] = severity, ["environment"] = environment,
        };
    }
}
