using System.Text;
using System.Text.Json.Nodes;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hosting;

/// <summary>The memory module beside triggers, in one store. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class MemoryModuleHostingTests : IDisposable
{
    private const string Canary = "canary-4711";
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Host_MemoryModule_IsAServiceAndOutlivesIt()
    {
        using (var host = Host())
        {
            await host.StartAsync(Token);
            await host.Services.GetRequiredService<MemoryModule>().Preferences.SetAsync("theme", MemoryValue.Of(new JsonObject { ["mode"] = "dark" }), Token);
            await host.StopAsync(Token);
        }

        using var again = Host();
        await again.StartAsync(Token);
        var theme = await again.Services.GetRequiredService<MemoryModule>().Preferences.GetAsync("theme", Token);
        Assert.Equal("dark", theme!.Value.GetProperty("mode").GetString());
        await again.StopAsync(Token);
    }

    [Fact]
    public async Task Encrypted_TriggerAndModule_NothingOfAValueIsInTheStore()
    {
        await File.WriteAllTextAsync(Keys, EncryptionKey.Generate("k1"), Token);
        Guid id;
        await using (var memory = await StartAsync(options => options.Protection.KeyFile = Keys))
        {
            id = await memory.Memory.CreateAsync(new MemoryDraft { Key = "k", Content = "line", Value = MemoryValue.Of(new JsonObject { ["note"] = Canary }) }, Token);
            using (var scope = TriggerScope.Workflow("deploy")) scope.AddMetadata("note", Canary).SetResult("done");
            Assert.True(await memory.FlushAsync(cancellationToken: Token));
            Assert.Equal(Canary, (await memory.Recall.GetAsync(id, Token))!.Value.GetProperty("note").GetString());
            var captured = Assert.Single(await memory.Recall.ListAsync(new() { TriggerType = TriggerType.WorkflowCompletion }, Token));
            Assert.Equal(Canary, captured.Value.GetProperty("metadata").GetProperty("note").GetString());
        }

        foreach (var file in Directory.GetFiles(_directory.Path, "memory.db*"))
            Assert.DoesNotContain(Canary, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Token)), StringComparison.Ordinal);

        await File.WriteAllTextAsync(Keys, EncryptionKey.Generate("k2"), Token);
        await using var other = await StartAsync(options => options.Protection.KeyFile = Keys);
        var exception = await Assert.ThrowsAsync<MemoryBackendException>(async () => await other.Recall.GetAsync(id, Token));
        Assert.Contains("key 'k1'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_KeyFileMissing_FailsClearly()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options => options.Protection.KeyFile = Keys));

        Assert.Contains("cannot be read", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duplicates_SameErrorFromManyCalls_IsOneMemoryAndTheBooksBalance()
    {
        await using var memory = await StartAsync(static options => options.Duplicates.Window = TimeSpan.FromHours(1));

        for (var i = 0; i < 50; i++)
        {
            using var scope = TriggerScope.Error("database_error");
            scope.Fail(new TimeoutException("The database did not answer"));
        }

        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        var entry = Assert.Single(await memory.Recall.ListAsync(cancellationToken: Token));
        Assert.Equal(50, entry.Occurrences);
        Assert.True(entry.LastSeenAt > entry.CreatedAt);
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal((50, 50, 0), (health.Accepted, health.Stored, health.Pending));
        Assert.Equal(50, (await memory.Memory.GetStatisticsAsync(cancellationToken: Token)).Occurrences);
    }

    [Fact]
    public async Task CleanUp_Expired_IsGone()
    {
        await using var memory = await StartAsync(static _ => { });
        var id = await memory.Memory.CreateAsync(new MemoryDraft { Key = "k", TimeToLive = TimeSpan.FromTicks(1) }, Token);

        var result = await memory.Memory.CleanUpAsync(cancellationToken: Token);

        Assert.Equal((1, 0, 0, 0), result);
        Assert.Null(await memory.Memory.GetAsync(id, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => memory.Memory.RotateKeysAsync(cancellationToken: Token));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("json")]
    public async Task TwoServices_OverOneFolder_HaveOneCurrentValue(string type)
    {
        await using var one = await StartAsync(static _ => { }, Store(type));
        await using var other = await StartAsync(static _ => { }, Store(type));

        await Parallel.ForAsync(0, 20, Token, async (i, token) =>
        {
            var memory = (i % 2 == 0 ? one : other).Memory;
            await memory.Preferences.SetAsync("theme", MemoryValue.Of(i), token);
            Assert.NotNull(await memory.Preferences.GetAsync("theme", token));
        });
        await one.Memory.Preferences.SetAsync("theme", MemoryValue.Of("last"), Token);

        Assert.Equal("last", await other.Memory.Preferences.GetAsync<string>("theme", Token));
        var id = (await other.Memory.SearchAsync(new MemoryQuery { Category = "preferences", Limit = 1_000 }, Token)).Single().Id;
        Assert.Equal(21, (await one.Memory.GetHistoryAsync(id, Token)).Count);
        Assert.True(await other.Memory.Preferences.RemoveAsync("theme", Token));
        Assert.Null(await one.Memory.Preferences.GetAsync("theme", Token));
    }

    private IMemoryBackend? Store(string type) => type == "json"
        ? new JsonFileMemoryBackend(new() { Path = _directory.File("memory.json") }, NullLogger.Instance, TimeProvider.System)
        : null;

    private string Keys => Path.Combine(_directory.Path, "keys");

    private IHost Host()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddMemoryTriggers(options => options.DataDirectory = _directory.Path);
        return builder.Build();
    }

    private Task<MemoryTriggerService> StartAsync(Action<MemoryTriggersOptions> configure, IMemoryBackend? store = null) => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            configure(options);
        },
        store,
        cancellationToken: Token);
}
