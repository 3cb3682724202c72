using System.Net;
using System.Text.Json;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Policies;

public sealed class WebhookTests
{
    [Fact]
    public async Task ExecuteAsync_ToAnAllowedHost_SendsTheDataWithAStableKey()
    {
        using var server = new OneAnswerServer("200 OK");
        using var client = Client("localhost", allowPrivate: true);

        await ExecuteAsync(client, $$"""{"url":"http://localhost:{{server.Port}}/hook?a=1","headers":{"X-Kind":"error"},"data":{"severity":4} }""");

        var request = await server.Request;
        Assert.StartsWith("POST /hook?a=1 HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("X-Kind: error\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key: ", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n{\"severity\":4}", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500 Oops", false)]
    [InlineData("429 Slow", false)]
    [InlineData("404 Gone", true)]
    [InlineData("302 Found\r\nLocation: http://127.0.0.1:1/", true)]
    public async Task ExecuteAsync_WithAnotherAnswer_FailsAndKnowsWhetherToTryAgain(string status, bool isPermanent)
    {
        using var server = new OneAnswerServer(status);
        using var client = Client("localhost", allowPrivate: true);

        var failure = await Assert.ThrowsAsync<PolicyActionException>(() => ExecuteAsync(client, $$"""{"url":"http://localhost:{{server.Port}}/"}"""));

        Assert.Equal(($"it answered with status {status[..3]}", isPermanent), (failure.Message, failure.IsPermanent));
    }

    [Theory]
    [InlineData("http://localhost/", "the host is not among the allowed hosts")]
    [InlineData("http://hooks.example.com.evil.org/", "the host is not among the allowed hosts")]
    [InlineData("http://hooks.example.com@evil.org/", "'url' must not have a user name or a password")]
    [InlineData("http://127.0.0.1/", "the host's address is not a public one")]
    [InlineData("http://2130706433/", "the host's address is not a public one")]
    [InlineData("http://[::1]/", "the host is not among the allowed hosts")]
    [InlineData("http://hooks.example.com/", "the host's address is not a public one")]
    [InlineData("file:///etc/passwd", "'url' must be an address that begins with https:// or http://")]
    public async Task ExecuteAsync_ToWhatIsNotAllowed_ConnectsToNothing(string url, string expected)
    {
        using var client = Client("hooks.example.com", allowPrivate: false, "127.0.0.1");

        var failure = await Assert.ThrowsAsync<PolicyActionException>(() => ExecuteAsync(client, JsonSerializer.Serialize(new { url })));

        Assert.Equal((expected, true), (failure.Message, failure.IsPermanent));
    }

    [Fact]
    public async Task ExecuteAsync_WithALineBreakInAHeader_IsRefused()
    {
        using var client = Client("hooks.example.com", allowPrivate: false);

        var failure = await Assert.ThrowsAsync<PolicyActionException>(() => ExecuteAsync(client, """{"url":"http://hooks.example.com/","headers":{"X-A":"b\r\nX-C: d"}}"""));

        Assert.Equal("the header 'X-A' has a line break", failure.Message);
    }

    [Fact]
    public async Task ExecuteAsync_WithoutAllowedHosts_ReachesNothing()
    {
        using var client = new WebhookClient(new PoliciesOptions());

        await Assert.ThrowsAsync<PolicyActionException>(() => ExecuteAsync(client, """{"url":"https://example.com/"}"""));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.0.9", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001::1", false)]
    [InlineData("ff02::1", false)]
    public void Is_OfAnAddress_TellsWhetherItIsPublic(string address, bool expected) => Assert.Equal(expected, PublicAddress.Is(IPAddress.Parse(address)));

    private static WebhookClient Client(string host, bool allowPrivate, params string[] moreHosts) => new(
        new PoliciesOptions { WebhookHosts = [host, .. moreHosts], WebhookPrivateAddresses = allowPrivate },
        static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));

    private static async Task ExecuteAsync(WebhookClient client, string parameters)
    {
        var call = new PolicyActionCall("rule", 0, new PolicyAction { Type = PolicyActionTypes.ExecuteWebhook }, JsonElement.Parse(parameters), []);
        await new WebhookHandler(client).ExecuteAsync(call, PolicyHarness.Entry(), TestContext.Current.CancellationToken);
    }
}
