using System.Runtime.CompilerServices;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Hooks;

/// <summary>The life of the process in memory. The exception that ends it is tested from outside, in the end-to-end tests.</summary>
[Collection(nameof(ProcessWide))]
public sealed class HostHookTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingBackend _backend = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Host_StartedAndStopped_IsRemembered()
    {
        using var host = Host(static builder => builder.AddHostHooks());

        await host.StartAsync(Token);
        await host.StopAsync(Token);

        var entries = _backend.Attempts.SelectMany(static batch => batch).ToList();
        Assert.Equal(["host start", "host stop"], entries.Select(static entry => entry.Key));
        Assert.True(entries[1].StartedAt >= entries[0].StartedAt && entries[1].CreatedAt >= entries[0].CreatedAt);
        Assert.All(entries, static entry => Assert.Equal(("workflow", "host", TriggerOutcome.Success), (entry.EntityType, entry.EntityId, entry.Outcome)));
        Assert.Equal(Environment.ProcessId, entries[0].Value.GetProperty("metadata").GetProperty("process_id").GetInt32());
    }

    [Fact]
    public async Task Host_WithEverythingOff_RemembersNothing()
    {
        using var host = Host(static builder => builder.AddHostHooks(static options =>
            (options.StartAndStop, options.UnhandledExceptions, options.UnobservedTaskExceptions) = (false, false, false)));

        await host.StartAsync(Token);
        await host.StopAsync(Token);

        Assert.Empty(_backend.Attempts);
    }

    [Fact(Timeout = 60_000)]
    public async Task TaskException_ThatNobodyLookedAt_IsRemembered()
    {
        using var host = Host(static builder => builder.AddHostHooks(static options => options.StartAndStop = false));
        var told = new TaskCompletionSource<HookEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        await host.StartAsync(Token);
        host.Services.GetRequiredService<MemoryHooks>().On(error => told.TrySetResult(error), HookType.ErrorResolution);

        while (!told.Task.IsCompleted)
        {
            FailUnobserved();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        await host.StopAsync(Token);
        var entry = _backend.Attempts.SelectMany(static batch => batch).First();
        Assert.Equal("Error in unobserved_task_exception: InvalidOperationException: An unobserved exception of a task: nobody looked", entry.Content);
        Assert.False(entry.Value.GetProperty("metadata").GetProperty("is_terminating").GetBoolean());
        Assert.Equal("s-1", entry.Provenance.SessionId);
    }

    [Fact]
    public void Crash_ThatTwoHostsHearOf_IsOneMemory()
    {
        using var harness = new HookHarness();
        var other = new MemoryHooks(new MemoryHooksOptions(), harness.Time, static () => NullLogger.Instance);
        var exception = new InvalidOperationException("the end");

        foreach (var hooks in new[] { harness.Hooks, other })
            UncaughtException.Tell(hooks, UncaughtException.Unhandled, exception, isTerminating: true);

        Assert.Contains("crash", harness.Single().Tags);
    }

    [Fact]
    public async Task TwoHosts_InOneProcess_RememberTheirOwnLines()
    {
        using var otherFolder = new TemporaryDirectory();
        var otherBackend = new RecordingBackend();
        using var host = Host(static builder => builder.AddLogHooks());
        using var other = Host(static builder => builder.AddLogHooks(), otherFolder, otherBackend);
        await host.StartAsync(Token);
        await other.StartAsync(Token);

        Log(host, "of the first");
        Log(other, "of the second");
        await other.StopAsync(Token);
        Log(host, "of the first alone");
        Log(other, "of the second, which has stopped");
        await host.StopAsync(Token);

        Assert.Equal(["Error in Shop: log: of the second"], Lines(otherBackend));
        Assert.Equal(["Error in Shop: log: of the first", "Error in Shop: log: of the first alone"], Lines(_backend));

        static void Log(IHost from, string line) => from.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogError(line.Length, "{Line}", line);
        static IEnumerable<string> Lines(RecordingBackend backend) => backend.Attempts.SelectMany(static batch => batch).Select(static entry => entry.Content).Order();
    }

    [Fact]
    public void Crash_OfAnExceptionThatCannotBeRead_IsRemembered()
    {
        using var harness = new HookHarness();

        UncaughtException.Tell(harness.Hooks, UncaughtException.Unhandled, new UnreadableException(), isTerminating: true);

        Assert.Contains("crash", harness.Single().Tags);
        Assert.Equal(0, harness.Hooks.GetStatistics().CaptureFaults);
    }

    [Fact]
    public void Crash_OfWhatIsNoException_IsRememberedWithItsText()
    {
        using var harness = new HookHarness();

        UncaughtException.Tell(harness.Hooks, UncaughtException.Unhandled, "thrown by another language", isTerminating: true);

        Assert.Contains("An uncaught exception: thrown by another language", harness.Single().Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_DisposedTwice_LeavesTheFlowsOfAnotherAlone()
    {
        using var harness = new HookHarness();
        using var other = new CrashWatch(harness.Hooks);
        var watch = new CrashWatch(harness.Hooks);

        watch.Dispose();
        watch.Dispose();
        var exception = ThrownIn("s-2");
        UncaughtException.Tell(harness.Hooks, UncaughtException.Unobserved, exception, isTerminating: false);

        Assert.Equal("s-2", harness.Single().Provenance.SessionId);
    }

    [Theory]
    [InlineData(BackgroundServiceExceptionBehavior.StopHost)]
    [InlineData(BackgroundServiceExceptionBehavior.Ignore)]
    public async Task BackgroundService_ThatFails_IsRemembered(BackgroundServiceExceptionBehavior behavior)
    {
        var failure = new TaskCompletionSource();
        using var host = Host(
            builder =>
            {
                builder.AddHostHooks(static options => options.StartAndStop = false).AddLogHooks();
                builder.Services.AddHostedService(_ => new FailingService(failure.Task));
                builder.Services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = behavior);
            });
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await host.StartAsync(Token);
        host.Services.GetRequiredService<MemoryHooks>().On(_ => told.TrySetResult(), HookType.ErrorResolution);

        failure.SetException(new InvalidOperationException("no parcels"));
        await told.Task.WaitAsync(Token);
        await host.StopAsync(Token);

        var entry = Assert.Single(_backend.Attempts.SelectMany(static batch => batch), static entry => entry.Outcome == TriggerOutcome.Failure && entry.Content.Contains("no parcels", StringComparison.Ordinal));
        Assert.Contains(entry.Key, new[] { nameof(FailingService), "Microsoft.Extensions.Hosting.Internal.Host" });
    }

    [Fact]
    public async Task BackgroundService_ThatEndsTheHost_IsRememberedBeforeTheMemoryStops()
    {
        var failure = new TaskCompletionSource();
        using var host = Host(builder =>
        {
            builder.AddHostHooks();
            builder.Services.AddHostedService(_ => new FailingService(failure.Task));
        });
        await host.StartAsync(Token);

        failure.SetException(new InvalidOperationException("no parcels"));
        await host.WaitForShutdownAsync(Token);

        var entries = _backend.Attempts.SelectMany(static batch => batch).ToList();
        Assert.Equal(["FailingService", "host start", "host stop"], entries.Select(static entry => entry.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Host_WhoseStartFails_IsRemembered()
    {
        var host = Host(static builder =>
        {
            builder.AddHostHooks();
            builder.Services.AddHostedService<UnstartableService>();
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Token));
        await ((IAsyncDisposable)host).DisposeAsync();

        var entry = Assert.Single(_backend.Attempts.SelectMany(static batch => batch));
        Assert.Equal(("host start", TriggerOutcome.Failure), (entry.Key, entry.Outcome));
    }

    [Fact]
    public async Task OnHook_OfABuilder_CallsBackWithServices()
    {
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var host = Host(builder => builder
            .OnHook((services, workflow, _) =>
            {
                heard.TrySetResult($"{workflow.Operation}, {services.GetRequiredService<IHostEnvironment>().EnvironmentName}");
                return Task.CompletedTask;
            }, HookType.WorkflowComplete)
            .OnHook(static _ => { }, HookType.ErrorResolution));

        await host.StartAsync(Token);
        var hooks = host.Services.GetRequiredService<MemoryTriggerService>().Hooks;
        await hooks.OnWorkflowCompletedAsync("push", TimeSpan.Zero, cancellationToken: Token);

        Assert.Equal("push, Production", await heard.Task);
        Assert.Same(hooks, host.Services.GetRequiredService<MemoryHooks>());
        Assert.Equal(2, hooks.GetStatistics().RegisteredHooks);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Hooks_WithoutAHost_RememberWhileStarted()
    {
        var memory = await MemoryTriggerService.StartAsync(
            options => options.DataDirectory = _directory.Path, _backend, new CollectingLoggers(out _), Token);

        Assert.True(await memory.Hooks.OnDecisionPointAsync("PostgreSQL", "many machines", Token));
        await memory.StopAsync(Token);

        Assert.False(await memory.Hooks.OnDecisionPointAsync("SQLite", "one machine", Token));
        Assert.Equal("Decision point: PostgreSQL. Rationale: many machines", Assert.Single(_backend.Attempts.SelectMany(static batch => batch)).Content);
    }

    private IHost Host(Action<IMemoryTriggersBuilder> configure, TemporaryDirectory? folder = null, RecordingBackend? backend = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        configure(builder.Services.AddMemoryTriggers(options => options.DataDirectory = (folder ?? _directory).Path).UseBackend(_ => backend ?? _backend));
        return builder.Build();
    }

    private static InvalidOperationException ThrownIn(string session)
    {
        using (MemoryContext.Begin(new() { SessionId = session }))
        {
            return Assert.Throws<InvalidOperationException>(Fail);
        }
    }

    private static void Fail() => throw new InvalidOperationException("thrown");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailUnobserved() => _ = FailAsync();

    private static async Task FailAsync()
    {
        using (MemoryContext.Begin(new() { SessionId = "s-1" }))
        {
            await Task.CompletedTask;
            throw new InvalidOperationException("nobody looked");
        }
    }

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string ToString() => throw new NotSupportedException();
    }

    private sealed class FailingService(Task failure) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => failure.WaitAsync(stoppingToken);
    }

    private sealed class UnstartableService : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("no parcels");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
