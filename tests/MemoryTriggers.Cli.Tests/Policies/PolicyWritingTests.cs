using MemoryTriggers.Cli.Tool;

namespace MemoryTriggers.Cli.Policies;

/// <summary>Commands that write the same file at once lose nothing, and write nothing that is wrong.</summary>
public sealed class PolicyWritingTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Policies => Path.Combine(_folder.Data, "policies.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AddAndRemove_EightAtOnce_AreAllInTheFile()
    {
        var sources = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => RuleAsync($"r{number}", "{type: always}")));
        await File.WriteAllTextAsync(Policies, "# Ours.\nrules:\n  old: {conditions: [{type: always}], decision: allow}\n", Token);

        var results = await Task.WhenAll(
            [.. sources.Select(source => _folder.RunAsync("policy", "add", source, "--timeout", "120")), _folder.RunAsync("policy", "remove", "old", "--force", "--timeout", "120")]);

        Assert.All(results, static result => Assert.True(result.ExitCode == 0, result.Error));
        var text = await File.ReadAllTextAsync(Policies, Token);
        Assert.Equal(Enumerable.Range(0, 8).Select(static number => $"r{number}"), PolicyYaml.Parse(text).Rules.Select(static rule => rule.Name).Order());
        Assert.StartsWith("# Ours.\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rules: {r: {conditions: [{type: equals, field: prioritiy, value: low}], decision: deny}}", "did you mean 'priority'?")]
    [InlineData("policies: {workflow_completion: {rules: [{name: n, condition: 'prioritiy:low', decision: deny}]}}", "did you mean 'priority'?")]
    [InlineData("policies: {workflow_completion: {rate_limits: {per_banana_per_hour: 1}}}", "unknown field 'banana'")]
    [InlineData("rules: {r: {conditions: [{type: always}], actions: [{type: update_memory, parameters: {memory_id: '${id}', updates: {}}}]}}", "must not be empty")]
    public async Task AddAndValidate_OfASlip_RefuseIt(string yaml, string expected)
    {
        var source = _folder.File("slip.yaml");
        await File.WriteAllTextAsync(source, yaml, Token);

        var added = await _folder.RunAsync("policy", "add", source);
        var validated = await _folder.RunAsync("validate", source, "-f", "json");

        Assert.Equal((1, 1), (added.ExitCode, validated.ExitCode));
        Assert.Contains(expected, added.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains(
            validated.Json.GetProperty("issues").EnumerateArray().Select(static issue => issue.GetProperty("message").GetString()!),
            message => message.Contains(expected, StringComparison.Ordinal));
        Assert.False(File.Exists(Policies));
    }

    [Fact]
    public async Task Add_OfAWebhookThatTheConfigurationDoesNotLetThrough_IsRefused()
    {
        var source = _folder.File("hook.yaml");
        await File.WriteAllTextAsync(source, "rules:\n  r:\n    conditions: [{type: always}]\n    actions: [{type: execute_webhook, parameters: {url: 'https://a.example/'}}]\n", Token);
        var (open, closed) = (_folder.File("open.yaml"), _folder.File("closed.yaml"));
        await File.WriteAllTextAsync(open, "environment: testing\nglobal_enabled: true\npolicies: {webhook_hosts: [a.example]}\n", Token);
        await File.WriteAllTextAsync(closed, "environment: testing\nglobal_enabled: true\n", Token);

        var refused = await _folder.RunAsync("policy", "add", source, "--config", closed);
        var added = await _folder.RunAsync("policy", "add", source, "--config", open);

        Assert.Equal((1, 0), (refused.ExitCode, added.ExitCode));
        Assert.Contains("webhooks may not reach 'a.example'", refused.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private async Task<string> RuleAsync(string name, string condition)
    {
        var source = _folder.File($"{name}.yaml");
        await File.WriteAllTextAsync(source, $"rules:\n  {name}:\n    conditions: [{condition}]\n    decision: allow\n", Token);
        return source;
    }
}
