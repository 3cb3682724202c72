using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hooks;

/// <summary>Runs the examples of docs/hooks.md: each stands here as it stands there.</summary>
[Collection(nameof(ProcessWide))]
public sealed partial class HookPageTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingBackend _backend = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Page_OfHooks_HasOnlyExamplesThatTestsRun()
    {
        var root = RepositoryRoot.Path;
        var examples = Example().Matches(File.ReadAllText(Path.Combine(root, "docs", "hooks.md")).ReplaceLineEndings("\n")).Select(static example => example.Groups[1].Value);
        var tests = Unspaced(string.Concat(
            File.ReadAllText(Path.Combine(root, "tests", "MemoryTriggers.Runtime.Tests", "Hooks", "HookPageTests.cs")),
            File.ReadAllText(Path.Combine(root, "tests", "MemoryTriggers.Extensions.AI.Tests", "ChatPageTests.cs")),
            File.ReadAllText(Path.Combine(root, "tests", "MemoryTriggers.CommandLine.Tests", "CommandPageTests.cs")),
            // A process of its own, which the end-to-end tests crash.
            File.ReadAllText(Path.Combine(root, "tests", "MemoryTriggers.Victim", "Program.cs"))));

        Assert.All(examples, example => Assert.Contains(Unspaced(example), tests, StringComparison.Ordinal));
        Assert.Equal(11, examples.Count());
    }

    [Fact]
    public async Task Example_OfTelling_IsRemembered()
    {
        using var harness = new HookHarness();

        await TellAsync(harness.Hooks, new InvalidOperationException("connection lost"));

        Assert.Equal(
            [
                "Workflow 'deployment' (type: deploy) completed in 42000.0ms. Results: 3 services",
                "Error resolution: InvalidOperationException - checkout. Error: connection lost. Solution: retried on a new connection",
                "Decision point: PostgreSQL. Rationale: many machines",
            ],
            harness.Entries.Select(static entry => entry.Content));
    }

    [Fact]
    public async Task Example_OfCallbacks_Calls()
    {
        using var harness = new HookHarness();
        var hooks = harness.Hooks;
        var pager = new Pager();

        hooks.On(workflow => Console.WriteLine($"{workflow.Operation} took {workflow.Duration}"), HookType.WorkflowComplete);
        using var calling = hooks.On(async (hook, token) =>
        {
            if (hook.IsError) await pager.CallAsync(hook.Operation, token);
        });

        await hooks.OnWorkflowCompletedAsync("deployment", TimeSpan.Zero, cancellationToken: Token);
        await hooks.PublishAsync(new() { Type = HookType.IssueError, Subject = "ISS-042", Operation = "merge" }, Token);

        Assert.Equal(["merge"], pager.Called);
        Assert.Equal(0, hooks.GetStatistics().FailedHooks);
    }

    [Fact]
    public async Task Example_OfAContext_IsInTheMemories()
    {
        using var harness = new HookHarness();
        const string requestId = "r-1";

        using (MemoryContext.Begin(new() { Project = "shop", Agent = "qa", SessionId = "s-17", UserId = "u-3", CorrelationId = requestId }))
        {
            await ServeAsync();
        }

        Assert.Equal(("shop", "s-17"), (harness.Single().Project, harness.Single().Provenance.SessionId));

        async Task ServeAsync() => await harness.Hooks.OnKnowledgeCapturedAsync("t", "c", Token);
    }

    [Fact]
    public async Task Example_OfTheHost_RemembersItsLife()
    {
        var builder = Builder();

        builder.Services.AddMemoryTriggers().AddHostHooks();

        await RunAsync(builder, static _ => Task.CompletedTask);
        Assert.Equal(["host start", "host stop"], Stored().Select(static entry => entry.Key));
    }

    [Fact]
    public async Task Example_OfTheLog_RemembersErrors()
    {
        var builder = Builder();

        builder.Services.AddMemoryTriggers().AddLogHooks(options => options.MaxPerMinute = 30);

        await RunAsync(builder, static services =>
        {
            services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogError("It broke");
            return Task.CompletedTask;
        });
        Assert.Equal("Shop", Assert.Single(Stored()).Key);
    }

    [Fact]
    public async Task Example_OfActivities_RemembersThoseOfTheSources()
    {
        var builder = Builder();
        using var source = new ActivitySource("Shop.Orders");

        builder.Services.AddMemoryTriggers().AddActivityHooks("Shop.*", "Npgsql");

        await RunAsync(builder, _ =>
        {
            source.StartActivity("place order")!.Dispose();
            return Task.CompletedTask;
        });
        Assert.Equal("place order", Assert.Single(Stored()).Key);
        Assert.False(source.HasListeners());
    }

    [Fact]
    public async Task Example_OfHttp_RemembersAFailingDependency()
    {
        var builder = Builder();
        builder.Services.AddHttpClient("payments").ConfigurePrimaryHttpMessageHandler(static () => new FailingHandler());

        builder.Services.AddMemoryTriggers().AddHttpClientHooks();

        await RunAsync(builder, static async services =>
        {
            using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("payments");
            (await client.GetAsync("https://shop.example/orders/17", Token)).Dispose();
        });
        Assert.Equal("GET shop.example/orders/{id}", Assert.Single(Stored()).Key);
    }

    [Fact]
    public async Task Example_OfSettings_Holds()
    {
        var builder = Builder();

        builder.Services.AddMemoryTriggers(options =>
        {
            options.Hooks.CaptureOnSuccess = false;
            options.Hooks.CaptureResult = false;
            options.Hooks.MaxContentLength = 2_000;
            options.Hooks.MaxMetadataSize = 1_000;
        });

        await RunAsync(builder, static async services =>
        {
            var hooks = services.GetRequiredService<MemoryHooks>();
            await hooks.OnDecisionPointAsync("d", "r", Token);
            await hooks.OnErrorAsync(new InvalidOperationException(new string('x', 5_000)), "push", cancellationToken: Token);
        });
        Assert.Equal(2_000, Assert.Single(Stored()).Content.Length);
    }

    private static async Task TellAsync(MemoryHooks hooks, Exception exception)
    {
        await hooks.OnWorkflowCompletedAsync("deployment", TimeSpan.FromSeconds(42), workflowType: "deploy", results: "3 services");
        await hooks.OnErrorAsync(exception, "checkout", solution: "retried on a new connection");
        await hooks.PublishAsync(new() { Type = HookType.DecisionPoint, Subject = "PostgreSQL", Detail = "many machines", Tags = ["storage"] });
    }

    private HostApplicationBuilder Builder()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMemoryTriggers(options => options.DataDirectory = _directory.Path).UseBackend(_ => _backend);
        return builder;
    }

    private static async Task RunAsync(HostApplicationBuilder builder, Func<IServiceProvider, Task> run)
    {
        using var host = builder.Build();
        await host.StartAsync(Token);
        await run(host.Services);
        await host.StopAsync(Token);
    }

    private List<MemoryEntry> Stored() => [.. _backend.Attempts.SelectMany(static batch => batch)];

    private static string Unspaced(string text) => string.Concat(text.Where(static character => !char.IsWhiteSpace(character)));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    private sealed class Pager
    {
        public List<string> Called { get; } = [];

        public Task CallAsync(string operation, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Called.Add(operation);
            return Task.CompletedTask;
        }
    }

    private sealed class FailingHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError));
    }
}
