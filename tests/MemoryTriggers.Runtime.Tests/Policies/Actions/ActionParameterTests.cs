using MemoryTriggers.Configuration;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Policies;

/// <summary>The parameters of actions are checked against what each type has.</summary>
public sealed class ActionParameterTests
{
    [Theory]
    [InlineData("{type: abort, parameters: {reason: x}}", "parameters.reason", "unknown parameter 'reason'; there are none")]
    [InlineData("{type: add_tag, parameters: {tag: x, bogus: 1}}", "parameters.bogus", "unknown parameter 'bogus'; known are tag, memory_id")]
    [InlineData("{type: add_tag, parameters: {tag: ''}}", "parameters.tag", "must not be empty")]
    [InlineData("{type: add_tag, parameters: {tag: [a]}}", "parameters.tag", "must be a single value")]
    [InlineData("{type: add_tag, parameters: {tag: null}}", "", "the action needs the parameter 'tag'")]
    [InlineData("{type: add_tag, parameters: {tag: x, memory_id: 7}}", "parameters.memory_id", "must be the id of a memory; it is '7'")]
    [InlineData("{type: recall_memory, parameters: {query: x, limit: -1}}", "parameters.limit", "must be a whole number between 1 and 1000; it is -1")]
    [InlineData("{type: recall_memory, parameters: {query: x, limit: 1.5}}", "parameters.limit", "must be a whole number between 1 and 1000; it is 1.5")]
    [InlineData("{type: recall_memory, parameters: {query: x, filters: {tag: a}}}", "parameters.filters.tag", "unknown parameter 'tag'; did you mean 'tags'?")]
    [InlineData("{type: recall_memory, parameters: {query: x, sort_by: relevanz}}", "parameters.sort_by", "unknown sort_by 'relevanz'; did you mean 'relevance'?")]
    [InlineData("{type: delete_memory, parameters: {memory_id: not-a-guid}}", "parameters.memory_id", "must be the id of a memory; it is 'not-a-guid'")]
    [InlineData("{type: update_memory, parameters: {memory_id: '${id}'}}", "", "'update_memory' needs something to change, such as 'content' or 'tags'")]
    [InlineData("{type: update_memory, parameters: {memory_id: '${id}', updates: {}}}", "parameters.updates", "must not be empty")]
    [InlineData("{type: update_memory, parameters: {memory_id: '${id}', updates: {priority: urgent}}}", "parameters.updates.priority", "unknown priority 'urgent'; known are critical, high, medium, low")]
    [InlineData("{type: update_memory, parameters: {memory_id: '${id}', updates: [a]}}", "parameters.updates", "must be a mapping")]
    [InlineData("{type: update_memory, parameters: {memory_id: '${id}', quality_score: 2}}", "parameters.quality_score", "must be between 0 and 1; it is 2")]
    [InlineData("{type: create_memory, parameters: {content: a, metadata: b}}", "parameters.metadata", "must be a mapping")]
    [InlineData("{type: create_memory, parameters: {content: '${'}}", "parameters.content", "'${' has no '}'; '$${' is a plain '${'")]
    [InlineData("{type: create_memory, parameters: {content: '${a..b}'}}", "parameters.content", "'a..b' is not a name such as 'metadata.severity'")]
    [InlineData("{type: create_memory, parameters: {content: '${error_mesage}'}}", "parameters.content", "unknown field 'error_mesage'; did you mean 'error_message'? A captured value of that name is 'metadata.error_mesage' or 'arguments.error_mesage'")]
    [InlineData("{type: create_memory, parameters: {content: '${env:TOKEN}'}}", "parameters.content", "environment variables are for 'execute_webhook' only: elsewhere they would be stored")]
    [InlineData("{type: create_memory, parameters: {content: a, tags: ['${existing_tags}']}}", "parameters.tags[0]", "'existing_tags' is for the 'tags' of 'update_memory'")]
    [InlineData("{type: trigger_alert, parameters: {alert_type: critcal}}", "parameters.alert_type", "unknown alert_type 'critcal'; did you mean 'critical'?")]
    [InlineData("{type: trigger_alert, parameters: {urgency: asap}}", "parameters.urgency", "unknown urgency 'asap'; known are low, medium, high, critical")]
    [InlineData("{type: execute_webhook, parameters: {url: 'https://a.example', headers: {A: [b]}}}", "parameters.headers.A", "must be a single value")]
    [InlineData("{type: execute_webhook, parameters: {url: '${metadata.url}'}}", "parameters.url", "must begin with http:// or https://, not with a value of the memory")]
    [InlineData("{type: set_quality_score, parameters: {score: 0.5, memory_id: '${created_memory_id}'}}", "parameters.memory_id", "'created_memory_id' has no value: there is no 'create_memory' before it in the rule")]
    [InlineData("{type: add_tag, parameters: {tag: a}, condition: {type: equals, field: recalled_memories_count, value: 0}}", "condition.field", "'recalled_memories_count' has no value: there is no 'recall_memory' before it in the rule")]
    [InlineData("{type: recall_memory, parameters: {query: a}}, {type: abort, condition: {type: equals, field: recalled_memories_count, value: 0}}", "[1].condition.field", "'recalled_memories_count' comes too late for 'abort', which is part of the decision")]
    [InlineData("{type: create_memory, priority: 2, parameters: {content: a}}, {type: add_tag, priority: 1, parameters: {tag: a, memory_id: '${created_memory_id}'}}", "[1].parameters.memory_id", "'created_memory_id' has no value: there is no 'create_memory' before it in the rule")]
    public void Parse_OfAWrongParameter_NamesIt(string actions, string path, string expected)
    {
        var problem = Assert.Single(PolicyYaml.Parse($"rules: {{r: {{conditions: [{{type: always}}], actions: [{actions}]}}}}").Problems);

        Assert.Equal(expected, problem.Message);
        Assert.EndsWith(path.Length == 0 ? "actions[0]" : path, problem.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example.org/x", "webhooks may not reach 'evil.example.org': it is not among the allowed hosts")]
    [InlineData("https://evil.example.org/${project}", "webhooks may not reach 'evil.example.org': it is not among the allowed hosts")]
    [InlineData("http://user@evil.example.org", "must not have a user name or a password; it is 'http://***@evil.example.org'")]
    [InlineData("http://10.0.0.1/", "webhooks may not reach '10.0.0.1': it is not a public address")]
    [InlineData("http://[fd00::1]/", "webhooks may not reach 'fd00::1': it is not among the allowed hosts")]
    [InlineData("https://hooks.example.com/${project}", null)]
    [InlineData("https://${metadata.region}.example.com/", null)]
    [InlineData("${WEBHOOK_URL}", null)]
    public void Webhook_ToAHostThatMayNotBeReached_IsRefusedWhereTheHostsAreKnown(string url, string? expected)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("rules.yaml"), $"rules: {{r: {{conditions: [{{type: always}}], actions: [{{type: execute_webhook, parameters: {{url: '{url}'}}}}]}}}}");

        var report = Configured.Yaml($"policies: {{file: {directory.File("rules.yaml")}, webhook_hosts: ['*.example.com', 10.0.0.1]}}\n");
        var options = new PoliciesOptions { File = directory.File("rules.yaml"), WebhookHosts = ["*.example.com", "10.0.0.1"] };

        if (expected is null)
        {
            Assert.True(report.IsValid, string.Join("; ", report.Issues));
            PolicyLoading.Load(options);
        }
        else
        {
            Assert.Equal(expected, Assert.Single(report.Refusals).Message);
            Assert.Equal(expected, Assert.Single(Assert.Throws<PolicyException>(() => PolicyLoading.Load(options)).Problems).Message);
        }
    }

    [Fact]
    public void Webhook_OfAConfigurationWithoutHosts_IsRefused()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("rules.yaml"), "rules: {r: {conditions: [{type: always}], actions: [{type: execute_webhook, parameters: {url: 'https://a.example'}}]}}");

        Assert.False(Configured.Yaml($"policies: {{file: {directory.File("rules.yaml")}}}\n").IsValid);
    }
}
