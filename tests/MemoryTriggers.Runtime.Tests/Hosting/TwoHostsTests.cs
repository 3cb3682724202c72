using System.Diagnostics;
using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>Several hosts in one process: each remembers its own services, log lines and activities, and the test that built it.</summary>
[Collection(nameof(ProcessWide))]
public sealed class TwoHostsTests
{
    private static readonly TriggerDescriptor Trigger =
        TriggerHub.Describe(new TriggerDefinition { Type = TriggerType.WorkflowCompletion, Operation = "of a host", Source = "tests" });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HostedServices_OfTwoHosts_AreRememberedByTheirOwn(bool concurrently)
    {
        var stores = new[] { new RecordingBackend(), new RecordingBackend() };
        using var folders = new Folders(stores.Length);
        // Both are built before the first one starts: the flow of this test belongs to the second.
        var hosts = stores.Select((store, i) => Build(folders[i], store, services =>
        {
            services.Configure<HostOptions>(options => options.ServicesStartConcurrently = concurrently);
            services.AddSingleton(new Name($"host {i}"));
            services.AddHostedService<Worker>();
        })).ToList();

        foreach (var host in hosts) await host.StartAsync(Token);
        foreach (var host in hosts) await host.Services.GetServices<IHostedService>().OfType<Worker>().Single().Done;
        foreach (var host in hosts) await host.StopAsync(Token);

        foreach (var (store, i) in stores.Select(static (store, i) => (store, i)))
            Assert.Equal([$"host {i} starts", $"host {i} works", "of a host"], Keys(store));
    }

    [Fact]
    public async Task SixParallelTests_WithAHostEach_HaveTheirOwnRecords()
    {
        var stores = Enumerable.Range(0, 6).Select(static _ => new RecordingBackend()).ToArray();
        using var folders = new Folders(stores.Length);
        using var together = new Barrier(stores.Length);

        await Task.WhenAll(stores.Select((store, i) => Task.Factory.StartNew(
            () => TestAsync(folders[i], store, i), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        for (var i = 0; i < stores.Length; i++)
            Assert.Equal(Enumerable.Repeat("of a host", i + 1).Prepend($"test {i}"), Keys(stores[i]).OrderDescending(StringComparer.Ordinal));

        async Task TestAsync(string folder, RecordingBackend store, int number)
        {
            using var host = Build(folder, store);
            await host.StartAsync(Token);
            await Task.Factory.StartNew(together.SignalAndWait, Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            for (var call = 0; call <= number; call++) TriggerHub.End(TriggerHub.Begin(Trigger)!);
            await using (TriggerScope.Workflow($"test {number}")) await Task.Yield();
            await host.StopAsync(Token);
        }
    }

    [Fact]
    public async Task Activity_OfTwoHostsThatListen_IsThatOfItsFlow()
    {
        using var source = new ActivitySource("TwoHosts");
        var stores = new[] { new RecordingBackend(), new RecordingBackend() };
        using var folders = new Folders(stores.Length);
        var hosts = stores.Select((store, i) => Build(folders[i], store, hooks: static builder => builder.AddActivityHooks("TwoHosts"))).ToList();
        foreach (var host in hosts) await host.StartAsync(Token);

        foreach (var (host, i) in hosts.Select(static (host, i) => (host, i)))
        {
            using var flow = host.Services.GetRequiredService<MemoryTriggerService>().BeginFlow();
            source.StartActivity($"activity {i}")!.Stop();
        }

        foreach (var host in hosts) await host.StopAsync(Token);
        for (var i = 0; i < stores.Length; i++) Assert.Equal([$"activity {i}"], Keys(stores[i]));
        foreach (var host in hosts) host.Dispose();
    }

    [Fact]
    public async Task LogLine_OfOneHost_InTheFlowOfAnother_IsThatOfItsLogger()
    {
        var stores = new[] { new RecordingBackend(), new RecordingBackend() };
        using var folders = new Folders(stores.Length);
        var hosts = stores.Select((store, i) => Build(folders[i], store, hooks: static builder => builder.AddLogHooks())).ToList();
        foreach (var host in hosts) await host.StartAsync(Token);

        using (hosts[1].Services.GetRequiredService<MemoryTriggerService>().BeginFlow())
            hosts[0].Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogError("of the first");

        foreach (var host in hosts) await host.StopAsync(Token);
        Assert.Equal(["Shop"], Keys(stores[0]));
        Assert.Empty(Keys(stores[1]));
        foreach (var host in hosts) host.Dispose();
    }

    private static string[] Keys(RecordingBackend store) =>
        [.. store.Attempts.SelectMany(static batch => batch).Select(static entry => entry.Key).Order(StringComparer.Ordinal)];

    private static IHost Build(
        string folder, RecordingBackend store, Action<IServiceCollection>? services = null, Action<IMemoryTriggersBuilder>? hooks = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        services?.Invoke(builder.Services);
        var memory = builder.Services.AddMemoryTriggers(options => options.DataDirectory = folder).UseBackend(_ => store);
        hooks?.Invoke(memory);
        return builder.Build();
    }

    private sealed record Name(string Text);

    private sealed class Folders(int count) : IDisposable
    {
        private readonly TemporaryDirectory[] _all = [.. Enumerable.Range(0, count).Select(static _ => new TemporaryDirectory())];

        public string this[int index] => _all[index].Path;

        public void Dispose()
        {
            foreach (var folder in _all) folder.Dispose();
        }
    }

    // Registered before the memory, as work may be: what it does before the start is not captured.
    private sealed class Worker(Name name, MemoryTriggerService memory, IHostApplicationLifetime lifetime) : BackgroundService
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (lifetime.ApplicationStarted.Register(started.SetResult)) await started.Task.WaitAsync(stoppingToken);
            await using (TriggerScope.Workflow($"{name.Text} starts")) await Task.Yield();
            TriggerHub.End(TriggerHub.Begin(Trigger)!);
            await Task.Run(() => TriggerScope.Workflow($"{name.Text} works").Dispose(), stoppingToken);
            await memory.FlushAsync(cancellationToken: stoppingToken);
            _done.SetResult();
        }
    }
}
