using MemoryTriggers.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Tests.Hosting;

public sealed class UseLiteDbTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task UseLiteDb_InAHost_KeepsMemoriesInTheDataFolder()
    {
        using (var host = Build(static _ => { }))
        {
            await host.StartAsync(Token);
            var memory = host.Services.GetRequiredService<MemoryTriggerService>();
            await memory.Collector.CollectAsync(MemoryCategories.UserFeedback, "The checkout is slow on phones", cancellationToken: Token);
            Assert.True(await memory.FlushAsync(cancellationToken: Token));
            Assert.Equal("litedb", (await memory.GetHealthAsync(Token)).Backend.BackendName);
            await host.StopAsync(Token);
        }

        await AssertStoredAsync();
    }

    [Fact]
    public async Task UseLiteDb_SettingOutOfRange_FailsAtTheStart()
    {
        using var host = Build(static options => options.CheckpointPages = 1);

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
    }

    // Referencing the package is enough.
    [Fact]
    public async Task Configuration_ThatNamesLiteDb_UsesItWithoutACall()
    {
        var configuration = Configuration(("backend:backend_type", "litedb"));
        await using (var memory = await MemoryTriggerService.StartAsync(options => options.Use(configuration), cancellationToken: Token))
        {
            await memory.Collector.CollectAsync(MemoryCategories.UserFeedback, "The checkout is slow on phones", cancellationToken: Token);
            Assert.True(await memory.FlushAsync(cancellationToken: Token));
            Assert.Equal("litedb", (await memory.GetHealthAsync(Token)).Backend.BackendName);
        }

        await AssertStoredAsync();
    }

    [Fact]
    public async Task Configuration_ThatNamesLiteDbAsFallback_ChainsIt()
    {
        var configuration = Configuration(("backend:failover_enabled", "true"), ("backend:failover_backends:0", "litedb"));

        await using var memory = await MemoryTriggerService.StartAsync(options => options.Use(configuration), cancellationToken: Token);

        Assert.True(File.Exists(_directory.File("memory.litedb")));
        Assert.Contains("litedb", (await memory.GetHealthAsync(Token)).Backend.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chain_FirstStoreAway_LiteDbTakesOver()
    {
        var first = new UnsteadyBackend("first") { IsAway = true };
        var second = new LiteDbMemoryBackend(new() { Path = _directory.File("memory.litedb") }, NullLogger.Instance, TimeProvider.System);
        await using var chain = new BackendChain([first, second], new() { StartPause = TimeSpan.FromMilliseconds(10) }, NullLogger<BackendChain>.Instance, TimeProvider.System);
        await chain.InitializeAsync(Token);

        await chain.StoreAsync([Any.Entry("The checkout is slow on phones")], Token);

        Assert.Single(await second.SearchAsync("why is the checkout slow?", new() { AllProjects = true }, Token));
        Assert.Single(await chain.SearchAsync("why is the checkout slow?", new() { AllProjects = true }, Token));
    }

    private async Task AssertStoredAsync()
    {
        await using var other = new LiteDbMemoryBackend(new() { Path = _directory.File("memory.litedb") }, NullLogger.Instance, TimeProvider.System);
        await other.InitializeAsync(Token);
        var hit = Assert.Single(await other.SearchAsync("why is the checkout slow?", new() { AllProjects = true }, Token));
        Assert.Equal("The checkout is slow on phones", hit.Entry.Content);
    }

    private IConfigurationRoot Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("data_directory", _directory.Path), .. settings.Select(static one => KeyValuePair.Create(one.Key, (string?)one.Value))])
        .Build();

    private IHost Build(Action<LiteDbBackendOptions> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMemoryTriggers(options => (options.DataDirectory, options.Project) = (_directory.Path, "shop")).UseLiteDb().UseLiteDb(configure);
        return builder.Build();
    }
}
