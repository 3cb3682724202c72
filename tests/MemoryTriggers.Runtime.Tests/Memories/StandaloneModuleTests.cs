using System.Text;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Runtime.Tests.Memories;

/// <summary>A module without a service has encryption, retention, a logger, a clock, and any store.</summary>
public sealed class StandaloneModuleTests : IDisposable
{
    private const string Canary = "canary-4711";
    private readonly TemporaryDirectory _folder = new();
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("json")]
    public async Task Encrypted_NothingOfAValueIsInTheFolderAndKeysAreRotated(string type)
    {
        await File.WriteAllTextAsync(Keys, EncryptionKey.Generate("k1"), Token);
        Guid id;
        await using (var memory = await OpenAsync(options => (options.BackendType, options.Protection.KeyFile) = (type, Keys)))
        {
            id = await memory.CreateAsync(new MemoryDraft { Key = "k", Content = "line" }.WithValue(Canary), Token);
            await memory.Preferences.SetAsync("word", MemoryValue.Of("x"), Token);
        }

        foreach (var file in Directory.GetFiles(_folder.File("data")))
            Assert.DoesNotContain(Canary, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Token)), StringComparison.Ordinal);

        await File.WriteAllTextAsync(Keys, $"{EncryptionKey.Generate("k2")}\n{await File.ReadAllTextAsync(Keys, Token)}", Token);
        await using var again = await OpenAsync(options => (options.BackendType, options.Protection.KeyFile) = (type, Keys));
        Assert.Equal(Canary, (await again.GetAsync(id, Token))!.ValueAs<string>());
        Assert.Equal(2, await again.RotateKeysAsync(cancellationToken: Token));
        Assert.Equal(0, await again.RotateKeysAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task CleanUp_AfterThePeriod_RemovesAndArchives()
    {
        await using (var before = await OpenAsync(static _ => { }))
        {
            await before.CreateManyAsync([new MemoryDraft { Key = "old" }, new MemoryDraft { Key = "short", TimeToLive = TimeSpan.FromDays(1) }], Token);
            await before.Preferences.SetAsync("theme", MemoryValue.Of("dark"), Token);
        }

        _time.Advance(TimeSpan.FromDays(100));
        await using var memory = await OpenAsync(options =>
        {
            options.Retention.Enabled = true;
            options.Retention.ArchiveDirectory = _folder.File("archive");
        });

        Assert.Equal((1, 1, 2, 0), await memory.CleanUpAsync(cancellationToken: Token));

        Assert.Equal("theme", Assert.Single(await memory.SearchAsync(new MemoryQuery { IncludePast = true }, Token)).Key);
        Assert.NotEmpty(Directory.GetFiles(_folder.File("archive")));
    }

    [Fact]
    public async Task Open_LongEnough_CleansUpByItself()
    {
        var store = new Own();
        await using var memory = await MemoryModule.OpenAsync(new MemoryModuleOptions { Backend = store, TimeProvider = _time }, Token);
        await memory.CreateAsync(new MemoryDraft { Key = "short", TimeToLive = TimeSpan.FromSeconds(1) }, Token);
        while (_time.Timers == 0) await Task.Yield();

        _time.Advance(TimeSpan.FromMinutes(1));

        await store.Deleted.Task.WaitAsync(Token);
        Assert.Equal(0, await store.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Open_WithAStoreOfOnesOwn_InitializesRanksAndDisposesOfIt()
    {
        var store = new Own();
        await using (var memory = await MemoryModule.OpenAsync(new MemoryModuleOptions { Backend = store, Project = "shop", TimeProvider = _time }, Token))
        {
            await memory.CreateAsync(new MemoryDraft { Key = "k" }, Token);
            Assert.Equal("shop", Assert.Single(await memory.SearchAsync(new MemoryQuery(), Token)).Project);
            Assert.Equal(default, await memory.CleanUpAsync(cancellationToken: Token));
            await memory.DisposeAsync();
        }

        Assert.Equal((1, 1), (store.Initialized, store.Disposed));
    }

    [Fact]
    public async Task Open_WithALogger_LogsTheStore()
    {
        using var loggers = new CollectingLoggers(out var logged);

        await using var memory = await OpenAsync(options => options.Loggers = loggers);

        Assert.NotEmpty(logged.Lines);
    }

    [Fact]
    public async Task Open_OptionsOutOfBounds_SaysWhichAndDisposesOfTheStore()
    {
        var store = new Own();
        var options = new MemoryModuleOptions { Backend = store };
        options.Protection.KeyFile = _folder.File("missing");
        await Assert.ThrowsAsync<OptionsValidationException>(async () => await MemoryModule.OpenAsync(options, Token));
        options.Protection.KeyFile = null;
        options.Retention.BatchSize = 0;

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(async () => await MemoryModule.OpenAsync(options, Token));

        Assert.Contains("BatchSize", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, store.Disposed);
        await Assert.ThrowsAsync<ArgumentException>(async () => await OpenAsync(static options => options.BackendType = "oracle"));
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("json")]
    [InlineData("sqlite")]
    public async Task Search_ClockOfTheModule_TellsWhatIsRecent(string type)
    {
        // To the clock of the system all of this is of the future, and so of the same age.
        _time.SetBy(TimeSpan.FromDays(200_000));
        await using var memory = await OpenAsync(options => options.BackendType = type);
        var old = await memory.CreateAsync(new MemoryDraft { Key = "k", Content = "the push failed" }, Token);
        _time.Advance(TimeSpan.FromDays(100));
        await memory.CreateAsync(new MemoryDraft { Key = "k", Content = "the push failed" }, Token);

        var hits = await memory.SearchAsync("why did the push fail", cancellationToken: Token);

        Assert.Equal(old, hits[1].Entry.Id);
        Assert.True(hits[0].Score > hits[1].Score * 1.01);
    }

    private string Keys => _folder.File("keys");

    private ValueTask<MemoryModule> OpenAsync(Action<MemoryModuleOptions> configure)
    {
        var options = new MemoryModuleOptions { Directory = _folder.File("data"), TimeProvider = _time };
        configure(options);
        return MemoryModule.OpenAsync(options, Token);
    }

    private sealed class Own() : DelegatingMemoryBackend(new InMemoryMemoryBackend())
    {
        public int Initialized { get; private set; }

        public int Disposed { get; private set; }

        public TaskCompletionSource Deleted { get; } = new();

        public override async ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
        {
            var deleted = await base.DeleteAsync(id, cancellationToken);
            Deleted.TrySetResult();
            return deleted;
        }

        public override ValueTask InitializeAsync(CancellationToken cancellationToken)
        {
            Initialized++;
            return base.InitializeAsync(cancellationToken);
        }

        public override ValueTask DisposeAsync()
        {
            Disposed++;
            return base.DisposeAsync();
        }
    }
}
