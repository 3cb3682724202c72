using System.Text;
using System.Text.Json.Nodes;
using MemoryTriggers.Hooks;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Secrets;

/// <summary>A secret goes into every door in every shape, and is in no file of the data folder afterwards. Sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class CanaryTests : IDisposable
{
    private const string Canary = "Zq7canaryX9w2";
    private readonly TemporaryDirectory _directory = new();

    private static readonly (string Name, string Text)[] Shapes =
    [
        ("assignment", $"login with password={Canary} failed"),
        ("json", $$"""{"user":"bob","password":["{{Canary}}"]}"""),
        ("escaped json", $$"""{"body":"{\"apiKey\":\"{{Canary}}\"}"}"""),
        ("connection string", $"Server=db;User Id=bob;Pwd={Canary};Database=x"),
        ("address", $"postgres://bob:{Canary}@db:5432/shop"),
        ("query", $"/reset?token={Canary}&user=bob"),
        ("header", $"Authorization: Bearer {Canary}"),
        ("cookie", $"Cookie: a=b; session={Canary}"),
        ("api key", $"X-Api-Key: {Canary}"),
        ("option", $"deploy --client-secret {Canary} --force"),
        ("record", $"Login {{ User = bob, Password = {Canary} and more }}"),
        ("element", $"<password>{Canary}</password>"),
        ("yaml", $"db:\n  password: {Canary}\n"),
        ("github", $"pushed with ghp_{Canary}abcdefghijklmnopqrstuvw"),
        ("stripe", $"charged with sk_live_{Canary}"),
        ("slack", $"posted with xoxb-{Canary}"),
        ("openai", $"asked with sk-proj-{Canary}"),
        ("pem", $"-----BEGIN PRIVATE KEY-----\n{Canary}\n-----END PRIVATE KEY-----"),
        ("jwt", $"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.{Canary}"),
        ("basic", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("bob:" + Canary))}"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string> Doors =>
    [
        "metadata", "member", "nested", "dictionary", "result", "tag", "operation", "subject", "exception", "inner exception",
        "exception data", "handled", "collector", "hook error", "hook knowledge", "hook detail", "hook metadata", "log", "log scope",
        "module content", "module value", "module tag", "preference", "names",
    ];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Door_WithSecretsInEveryShape_LeavesThemInNoFile(string door)
    {
        await using (var memory = await MemoryTriggerService.StartAsync(
            options =>
            {
                options.DataDirectory = _directory.Path;
                options.Project = "shop";
            },
            cancellationToken: Token))
        {
            foreach (var (name, text) in Shapes)
            {
                await PassAsync(memory, door, name, text);
            }

            Assert.True(await memory.FlushAsync(cancellationToken: Token));
            var found = await memory.Recall.ListAsync(new() { AllProjects = true, Limit = 500 }, Token);
            Assert.NotEmpty(found);
            Assert.Contains(found, static entry => (entry.Content + entry.Value + string.Join(' ', entry.Tags) + entry.Key)
                .Contains(SecretText.Mark, StringComparison.Ordinal));
        }

        AssertNowhere(_directory.Path);
    }

    private static async Task PassAsync(MemoryTriggerService memory, string door, string name, string text)
    {
        switch (door)
        {
            case "metadata": Scope(scope => scope.AddMetadata("note", text)); break;
            case "member": Scope(scope => scope.AddMetadata("note", new { Text = text })); break;
            case "nested": Scope(scope => scope.AddMetadata("note", new object[] { new { Inner = new[] { text } }, (1, text) })); break;
            case "dictionary": Scope(scope => scope.AddMetadata("note", new Dictionary<string, string> { [text] = "x", ["y"] = text })); break;
            case "result": Scope(scope => scope.SetResult(text)); break;
            case "tag": Scope(scope => scope.AddTags(text)); break;
            case "operation": using (TriggerScope.Workflow(text)) break;
            case "subject": using (TriggerScope.Workflow("op", workflowType: text)) break;
            case "exception": Scope(scope => scope.Fail(new InvalidOperationException(text))); break;
            case "inner exception":
                Scope(scope => scope.Fail(new InvalidOperationException("outer", new ArgumentException(text)))); break;
            case "exception data":
                Scope(scope => scope.Fail(new InvalidOperationException("x") { Data = { ["note"] = text, ["password"] = Canary } })); break;
            case "handled":
                await using (TriggerScope.Workflow("op"))
                {
                    try
                    {
                        throw new InvalidOperationException(text);
                    }
                    catch (InvalidOperationException)
                    {
                        // Handled inside the scope: noted on its memory.
                    }
                }

                break;
            case "collector":
                await memory.Collector.CollectAsync(
                    "knowledge", $"{text} and {Canary}", new Dictionary<string, object?> { ["note"] = text, ["apiKey"] = Canary },
                    cancellationToken: Token);
                break;
            case "hook error": await memory.Hooks.OnErrorAsync(new InvalidOperationException(text), text, text, cancellationToken: Token); break;
            case "hook knowledge": await memory.Hooks.OnKnowledgeCapturedAsync("kind", text, Token); break;
            case "hook detail":
                await memory.Hooks.PublishAsync(
                    new() { Type = HookType.WorkflowComplete, Operation = "op", Source = "test", Detail = new { Text = text } }, Token);
                break;
            case "hook metadata":
                await memory.Hooks.PublishAsync(
                    new()
                    {
                        Type = HookType.WorkflowComplete, Operation = "op", Source = "test", Detail = $"the {Canary} is used",
                        Metadata = new Dictionary<string, object?> { ["note"] = text, ["DB_PASSWORD"] = Canary, ["pins"] = new[] { Canary } },
                    },
                    Token);
                break;
            case "log": Logger(memory, static (logger, shape, text) => logger.LogError("{Kind} {Text} {Password} {@Tokens}", shape, text, Canary,
                new[] { Canary }), name, text); break;
            case "log scope": Logger(memory, static (logger, shape, text) =>
                {
                    using (logger.BeginScope(new Dictionary<string, object> { ["SessionId"] = Canary, ["note"] = text }))
                    using (logger.BeginScope("{Note} {ApiKey}", text, Canary))
                        logger.LogError(new InvalidOperationException(text), "failed of {Kind}", shape);
                }, name, text); break;
            case "module content": await memory.Memory.CreateAsync(new() { Key = name, Content = text }, Token); break;
            case "module value":
                await memory.Memory.CreateAsync(
                    new() { Key = name, Content = "x", Value = MemoryValue.Of(new JsonObject { ["a"] = text, ["pat"] = Canary }) }, Token);
                break;
            case "module tag": await memory.Memory.CreateAsync(new() { Key = name, Content = "x", Tags = [text] }, Token); break;
            case "preference":
                await memory.Memory.Preferences.SetAsync(
                    name, MemoryValue.Of(new JsonObject { ["a"] = new JsonArray(text), ["pin"] = Canary }), Token); break;
            case "names":
                Scope(scope =>
                {
                    foreach (var secret in new[] { "dbPassword", "smtp_pass", "XApiKey", "pin", "otp", "session_id", "cvv", "iban" })
                        scope.AddMetadata(secret, new[] { Canary });
                });
                break;
            default: throw new ArgumentOutOfRangeException(nameof(door), door, null);
        }
    }

    private static void Scope(Action<TriggerScope> use)
    {
        using var scope = TriggerScope.Workflow("op");
        use(scope);
    }

    private static void Logger(MemoryTriggerService memory, Action<ILogger, string, string> log, string shape, string text)
    {
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(Provider(memory)));
        log(factory.CreateLogger(shape), shape, text);
    }

    private static MemoryLoggerProvider Provider(MemoryTriggerService memory) =>
        new(new ServiceCollection().AddSingleton(memory.Hooks).BuildServiceProvider(), Options.Create(new LogHookOptions()), TimeProvider.System);

    /// <summary>The canary in every form in which it could be read.</summary>
    private static void AssertNowhere(string folder)
    {
        byte[][] forms =
        [
            Encoding.UTF8.GetBytes(Canary.ToLowerInvariant()), Encoding.Unicode.GetBytes(Canary.ToLowerInvariant()),
            .. Enumerable.Range(0, 3).Select(static shift => Encoding.UTF8.GetBytes(Base64(shift).ToLowerInvariant())),
        ];
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var content = ReadLower(file);
            foreach (var form in forms)
                Assert.True(content.AsSpan().IndexOf(form) < 0, $"{Path.GetFileName(file)}: {Around(content, form)}");
        }
    }

    private static string Around(byte[] content, byte[] form)
    {
        var at = content.AsSpan().IndexOf(form);
        var start = Math.Max(0, at - 100);
        return at < 0 ? "" : Encoding.UTF8.GetString(content, start, Math.Min(content.Length - start, form.Length + 150));
    }

    private static byte[] ReadLower(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        var bytes = all.ToArray();
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] is >= (byte)'A' and <= (byte)'Z') bytes[at] |= 0x20;
        }

        return bytes;
    }

    // What of the canary is the same whatever stands before it.
    private static string Base64(int shift) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('\0', shift) + Canary)).TrimEnd('=')[(shift == 0 ? 0 : shift + 1)..^2];
}
