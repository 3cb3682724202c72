using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>Secrets of webhooks come from environment variables when the call is made, and land nowhere else.</summary>
public sealed class WebhookSecretTests
{
    private readonly CollectingLoggers _logs = new(out _);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_OfAWebhookWithSecrets_SendsThem_AndKeepsThemNowhere()
    {
        using var server = new OneAnswerServer("200 OK");
        var policies = Policies($"http://localhost:{server.Port}/${{HOOK_PATH}}?of=${{project}}");

        var decision = policies.Engine.Evaluate(PolicyHarness.Entry("""{"metadata":{"evil":"${API_TOKEN}","half":"$","rest":"{API_TOKEN}"}}"""));
        var kept = DecisionJson.Write(decision);
        var result = Assert.Single(await RunAsync(policies.Engine, DecisionJson.Read(kept), SecretOf));

        Assert.True(result.Success, result.Error);
        var request = await server.Request;
        Assert.StartsWith("POST /a%20b?of=shop HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer s3cret\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("""{"own":"s3cret","evil":"${API_TOKEN}","split":"${API_TOKEN}","plain":"${API_TOKEN}","price":"$5"}""", request, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", System.Text.Encoding.UTF8.GetString(kept), StringComparison.Ordinal);
        Assert.DoesNotContain(_logs.Lines.Concat(policies.Logs.Lines), static line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_OfASecretThatIsNotSet_SendsNothing()
    {
        var policies = Policies("http://localhost:1/");

        var result = Assert.Single(await RunAsync(policies.Engine, policies.Evaluate(), static _ => null));

        Assert.Equal((false, "the environment variable API_TOKEN is not set"), (result.Success, result.Error));
    }

    [Fact]
    public async Task RunAsync_OfAnAddressThatIsASecret_CallsIt()
    {
        using var server = new OneAnswerServer("200 OK");
        var policies = PolicyHarness.Actions("{type: execute_webhook, parameters: {url: '${env:hook_url}'}}");

        var result = Assert.Single(await RunAsync(policies.Engine, policies.Evaluate(), _ => $"http://localhost:{server.Port}/a?b=c"));

        Assert.True(result.Success, result.Error);
        Assert.StartsWith("POST /a?b=c HTTP/1.1", await server.Request, StringComparison.Ordinal);
    }

    private static string? SecretOf(string variable) => variable == "API_TOKEN" ? "s3cret" : variable == "HOOK_PATH" ? "a b" : null;

    private static PolicyHarness Policies(string url) => PolicyHarness.Actions(
        $"{{type: execute_webhook, parameters: {{url: '{url}', headers: {{Authorization: 'Bearer ${{API_TOKEN}}'}}, " +
        "data: {own: '${env:API_TOKEN}', evil: '${evil}', split: '${half}${rest}', plain: '$${API_TOKEN}', price: '$5'}}}");

    private async Task<IReadOnlyList<PolicyActionResult>> RunAsync(PolicyEngine engine, PolicyDecision decision, Func<string, string?> variables)
    {
        using var client = new WebhookClient(new PoliciesOptions { WebhookHosts = ["localhost"], WebhookPrivateAddresses = true });
        var runner = new PolicyActionRunner(
            engine, PolicyActionRunner.BuiltIn(new InMemoryMemoryBackend(), client, TimeProvider.System, _logs), TimeProvider.System, new Logger<PolicyActionRunner>(_logs))
        {
            Variables = variables,
        };
        return await runner.RunAsync(decision, Token);
    }
}
