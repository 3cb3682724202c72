using MemoryTriggers.TestKit;
using MemoryTriggers.Validation;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Configuration;

/// <summary>Every address that the library calls is checked by one rule, and no message has what may be a secret in it.</summary>
public sealed class AddressTests
{
    private const string NoHost = "must be an address with a valid host and port";
    private static readonly string[] Hosts = ["*.example.com", "127.0.0.1", "::1", "my_host", "xn--bcher-kva.example"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string?> Addresses => new()
    {
        { "https://hooks.example.com", null },
        { "HTTPS://Hooks.Example.Com:8443/a/b%20c", null },
        { "http://127.0.0.1:8080/x", null },
        { "http://[::1]/", null },
        { "https://bücher.example/", null },
        { "https://my_host/", null },
        { "hooks.example.com", "must be an address that begins with https:// or http://" },
        { "ftp://hooks.example.com", "must be an address that begins with https:// or http://" },
        { "file:///etc/passwd", "must be an address that begins with https:// or http://" },
        { "https:/hooks.example.com", "must be an address that begins with https:// or http://" },
        { "https://", NoHost },
        { "https:///path", NoHost },
        { "http://:8080/", NoHost },
        { "https://hooks.example.com:99999/", NoHost },
        { "https://hooks.example.com:port/", NoHost },
        { "https://exa mple.com/", "must not have white space" },
        { " https://hooks.example.com", "must not have white space" },
        { "https://hooks.example.com/a b", "must not have white space" },
        { "https://hooks.example.com/\n", "must not have white space" },
        { "https://user:canary@hooks.example.com/", "must not have a user name or a password" },
        { "https://user@hooks.example.com/", "must not have a user name or a password" },
        { "https://@hooks.example.com/", "must not have a user name or a password" },
        { "https://hooks.example.com/a#canary", "must not have a fragment (#), which is never sent" },
        { "https://hooks.example.com#", "must not have a fragment (#), which is never sent" },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    [InlineData("https://hooks.example.com/a@b?c=d", null)]
    [InlineData("", "must be an address that begins with https:// or http://")]
    public void Problem_OfAnAddress_SaysWhatIsWrong(string address, string? expected) =>
        Assert.Equal(expected, HttpAddress.Problem(address));

    [Theory]
    [InlineData("https://mem0.example.com/v1?key=canary", "must not have a query (?)")]
    [InlineData("https://mem0.example.com/v1", null)]
    public void Problem_OfABase_RefusesAQueryToo(string address, string? expected) =>
        Assert.Equal(expected, HttpAddress.Problem(address, isBase: true));

    [Theory]
    [InlineData("https://user:canary@hooks.example.com:8443/canary?canary#canary", "https://***@hooks.example.com:8443/***")]
    [InlineData("https://user:can/ary@hooks.example.com", "https://***@hooks.example.com")]
    [InlineData("user:canary@hooks.example.com", "***@hooks.example.com")]
    [InlineData("ftp://hooks.example.com/", "ftp://hooks.example.com")]
    [InlineData("hooks.example.com?canary", "hooks.example.com/***")]
    [InlineData("", "")]
    public void Show_OfAnAddress_HasNoSecret(string address, string expected) => Assert.Equal(expected, HttpAddress.Show(address));

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Address_AtEveryDoor_IsJudgedAlike(string address, string? expected)
    {
        var answers = new Dictionary<string, string?>
        {
            ["alerts.webhook in a file"] = InFile("alerts: {webhook", address, "}"),
            ["url of a policy"] = InPolicy(address),
        };
        // Without a scheme it is a host for this key.
        if (address.Contains("://", StringComparison.Ordinal))
            answers["mem0 in a file"] = InFile("backend: {backend_type: mem0, backend_settings: {host", address, "}}");
        // In code there is no Uri of what cannot be parsed.
        if (Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out var parsed))
        {
            answers["alerts.webhook in code"] = await StartAsync(options => Post(options, parsed));
            answers["mem0 in code"] = Caught(() => Mem0At(parsed));
        }

        Assert.All(answers.Values, answer => Assert.Contains(expected ?? "none", answer ?? "none", StringComparison.Ordinal));
        Assert.All(answers.Values, static answer => Assert.DoesNotContain("canary", answer ?? "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mem0.example.com", null)]
    [InlineData("localhost:8888/api", null)]
    [InlineData("user:canary@mem0.example.com", "must not have a user name or a password; it is '***@mem0.example.com'")]
    [InlineData("mem0.example.com#x", "must not have a fragment (#), which is never sent; it is 'mem0.example.com/***'")]
    [InlineData("mem0.example.com?key=canary", "must not have a query (?); it is 'mem0.example.com/***'")]
    [InlineData("mem0 example.com", "must not have white space; it is 'mem0 example.com'")]
    public void Host_OfMem0_IsJudgedAsItsAddress(string host, string? expected) =>
        Assert.Equal(expected is null ? null : $"backend.backend_settings.host: {expected}", InFile("backend: {backend_type: mem0, backend_settings: {host", host, "}}"));

    [Theory]
    [InlineData("https://evil.example/canary", "webhooks may not reach 'evil.example': it is not among the allowed hosts")]
    [InlineData("http://10.0.0.1/", "webhooks may not reach '10.0.0.1': it is not a public address")]
    public async Task Webhook_OfAlertsToAHostThatMayNotBeReached_IsRefusedWhereTheHostsAreKnown(string address, string expected)
    {
        var inFile = Configured.Yaml($"alerts: {{webhook: '{address}'}}\npolicies: {{webhook_hosts: [hooks.example.com, 10.0.0.1]}}\n");
        var inCode = await StartAsync(options =>
        {
            Post(options, new Uri(address));
            (options.Policies.WebhookHosts, options.Policies.WebhookPrivateAddresses) = (["hooks.example.com", "10.0.0.1"], false);
        });

        Assert.Equal($"alerts.webhook: {expected}", Refusal(inFile));
        Assert.Contains($"Alerts.Webhook: {expected}", inCode, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", inCode, StringComparison.Ordinal);
    }

    [Fact]
    public void Webhook_OfAlertsWithoutHosts_IsRefusedWhereNoProgramCanAllowThem()
    {
        const string Yaml = "alerts: {webhook: 'https://hooks.example.com/'}\n";
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("memory.yaml"), Configured.Head + Yaml);

        Assert.False(Configured.Yaml(Yaml).IsValid);
        Assert.True(Configured.Report(Configured.Root(directory.File("memory.yaml"))).IsValid);
    }

    [Theory]
    [InlineData("hooks.example.com", null)]
    [InlineData("*.example.com", null)]
    [InlineData("hook[ab]?.example.com", null)]
    [InlineData("10.0.0.1", null)]
    [InlineData("::1", null)]
    [InlineData("https://hooks.example.com", "must be a host such as hooks.example.com or *.example.com, without scheme, port, path and white space")]
    [InlineData("hooks.example.com:8443", "must be a host such as hooks.example.com or *.example.com, without scheme, port, path and white space")]
    [InlineData("hooks.example.com/canary", "must be a host such as hooks.example.com or *.example.com, without scheme, port, path and white space")]
    [InlineData("hooks example.com", "must be a host such as hooks.example.com or *.example.com, without scheme, port, path and white space")]
    [InlineData("user:canary@hooks.example.com", "must be a host such as hooks.example.com or *.example.com, without scheme, port, path and white space")]
    [InlineData("bücher.example", "must be written with ASCII letters, as in xn--bcher-kva.example")]
    public async Task WebhookHosts_ThatAreNone_AreRefused(string host, string? expected)
    {
        var inFile = Refusal(Configured.Yaml($"policies: {{webhook_hosts: ['{host}']}}\n"));
        var inCode = await StartAsync(options => options.Policies.WebhookHosts = [host]);

        if (expected is null) Assert.Equal((null, null), (inFile, inCode));
        else Assert.All([inFile, inCode], answer => Assert.Contains(expected, answer, StringComparison.Ordinal));
        Assert.DoesNotContain("canary", inFile + inCode, StringComparison.Ordinal);
    }

    private static string? InFile(string key, string address, string end) => Refusal(Configured.Yaml(
        $"{key}: {Quoted(address)}{end}\npolicies: {{webhook_hosts: ['{string.Join("', '", Hosts)}'], webhook_private_addresses: true}}\n"));

    private static string? InPolicy(string address) => PolicyYaml.Parse(
        "rules: {r: {conditions: [{type: always}], actions: [{type: execute_webhook, parameters: {url: " + Quoted(address) + "}}]}}")
        .Problems is [var problem, ..] ? problem.Message : null;

    private static string Quoted(string text) => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    private static string? Refusal(MemoryConfigurationReport report) =>
        report.Refusals is [var issue, ..] ? $"{issue.Path}: {issue.Message}" : null;

    private static void Post(MemoryTriggersOptions options, Uri address)
    {
        options.Operations.Alerts.Webhook = address;
        (options.Policies.WebhookHosts, options.Policies.WebhookPrivateAddresses) = ([.. Hosts], true);
    }

    private static void Mem0At(Uri address) => _ = new Mem0MemoryBackend(
        new Mem0BackendOptions { BaseAddress = address, AllowInsecure = true }, static () => throw new NotSupportedException(), TimeProvider.System);

    private static string? Caught(Action make) => Record.Exception(make) is { } exception
        ? Assert.IsType<OptionsValidationException>(exception).Message : null;

    private static async Task<string?> StartAsync(Action<MemoryTriggersOptions> configure)
    {
        using var directory = new TemporaryDirectory();
        var exception = await Record.ExceptionAsync(async () =>
        {
            await using var service = await MemoryTriggerService.StartAsync(
                options =>
                {
                    options.DataDirectory = directory.Path;
                    configure(options);
                },
                new InMemoryMemoryBackend(), new CollectingLoggers(out _), Token);
        });
        return exception is null ? null : Assert.IsType<OptionsValidationException>(exception).Message;
    }
}
