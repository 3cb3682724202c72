using System.Text.Json;
using MemoryTriggers.Files;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Runtime.Tests.Backends.JsonFile;

public sealed class JsonFileMemoryBackendTests : RankedSearchConformance
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly FaultyFile _disk = new();

    private string FilePath => _directory.File("memory.json");

    protected override bool IsPersistent => true;

    protected override IMemoryBackend Create() => Open();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Restart_OtherScriptsAndMarkup_ComeBackAsTheyWere()
    {
        var entries = Any.Entries(30);
        var full = Any.Entry("Žluťoučký kůň \0 推送失败") with { Value = JsonSerializer.SerializeToElement(new { a = new[] { 1, 2 }, b = "<&>" }), TriggerType = TriggerType.ErrorResolution, Outcome = TriggerOutcome.Failure };
        await Backend.StoreAsync([.. entries, full], Token);
        await Backend.DisposeAsync();

        await InitializeAsync();

        Assert.Equal(31, await Backend.CountAsync(All, Token));
        AssertSame(full, await Backend.GetAsync(full.Id, Token));
        Assert.NotEmpty(await Backend.SearchAsync("number 7", All, Token));
    }

    [Fact]
    public async Task File_IsReadable()
    {
        await Backend.StoreAsync([Any.Entry("推送失败") with { TriggerType = TriggerType.WorkflowCompletion }], Token);

        var text = await File.ReadAllTextAsync(FilePath, Token);

        Assert.StartsWith("{\n  \"format\": 1,\n  \"revision\": 1,\n", text, StringComparison.Ordinal);
        Assert.Contains("\"content\": \"推送失败\"", text, StringComparison.Ordinal);
        Assert.Contains("\"trigger_type\": \"workflow_completion\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1,2,3]")]
    [InlineData("""{"format":1,"revision":3,"updated_at":"2026-01-01T00:00:00Z","entries":[]}""")]
    public async Task Initialize_DamagedFile_IsMovedAsideAndNeverOverwritten(string damaged)
    {
        await File.WriteAllTextAsync(FilePath, damaged, Token);
        await using var backend = Open();

        await backend.InitializeAsync(Token);
        await backend.StoreAsync([Any.Entry()], Token);

        var aside = Assert.Single(Directory.GetFiles(_directory.Path, "memory.json.damaged-*"));
        Assert.Equal(damaged, await File.ReadAllTextAsync(aside, Token));
        Assert.Equal(1, await backend.CountAsync(All, Token));
        var health = await backend.CheckHealthAsync(Token);
        Assert.False(health.IsHealthy);
        Assert.Contains(aside, health.Description, StringComparison.Ordinal);
        Assert.Contains(_loggers.Warnings, static line => line.Contains("is damaged and was moved", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"key\":", "\"key\": 5, \"was\":")]
    [InlineData("\"content\":", "\"was\":")]
    [InlineData("\"id\": \"", "\"id\": \"f")]
    public async Task Initialize_OneEntryCannotBeRead_KeepsTheOthersAndACopy(string part, string damage)
    {
        await Backend.StoreAsync(Any.Entries(3), Token);
        var text = await File.ReadAllTextAsync(FilePath, Token);
        var at = text.IndexOf(part, StringComparison.Ordinal);
        var damaged = text[..at] + damage + text[(at + part.Length)..];
        await File.WriteAllTextAsync(FilePath, damaged.Replace("\"revision\": 1", "\"revision\": 9", StringComparison.Ordinal), Token);
        await using var backend = Open();

        await backend.InitializeAsync(Token);

        Assert.Equal(2, await backend.CountAsync(All, Token));
        Assert.Contains("1 entries", (await backend.CheckHealthAsync(Token)).Description, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_directory.Path, "memory.json.damaged-*"));
        await backend.StoreAsync([Any.Entry()], Token);
        Assert.Equal(3, await backend.CountAsync(All, Token));
        var aside = Assert.Single(Directory.GetFiles(_directory.Path, "memory.json.damaged-*"));
        Assert.Contains(damage, await File.ReadAllTextAsync(aside, Token), StringComparison.Ordinal);
        Assert.False((await backend.CheckHealthAsync(Token)).IsHealthy);
    }

    [Fact]
    public async Task Initialize_FileOfANewerVersion_IsRefusedAndLeftAlone()
    {
        const string Newer = """{"format":2,"revision":1,"updated_at":"2026-01-01T00:00:00Z","entries":{}}""";
        await File.WriteAllTextAsync(FilePath, Newer, Token);
        await using var backend = Open();

        var refusal = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.InitializeAsync(Token));

        Assert.False(refusal.IsTransient);
        Assert.Contains("format 2", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Newer, await File.ReadAllTextAsync(FilePath, Token));
    }

    [Fact]
    public async Task Initialize_HalfWrittenTemporary_IsIgnored()
    {
        await Backend.StoreAsync(Any.Entries(2), Token);
        await File.WriteAllTextAsync(FilePath + ".tmp", "{\"format\":1,\"revi", Token);
        await using var backend = Open();

        await backend.InitializeAsync(Token);

        Assert.Equal(2, await backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_DiskFull_IsAnOutageAndTheOldFileStays()
    {
        await Backend.StoreAsync(Any.Entries(2), Token);
        _disk.DiskIsFull = true;

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await Backend.StoreAsync(Any.Entries(3), Token));

        Assert.True(failure.IsTransient);
        Assert.Equal(2, await Backend.CountAsync(All, Token));
        _disk.DiskIsFull = false;
        await Backend.StoreAsync(Any.Entries(1), Token);
        await using var reopened = Open();
        await reopened.InitializeAsync(Token);
        Assert.Equal(3, await reopened.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_IsForcedToDiskWithItsName()
    {
        var before = _disk.Syncs;

        await Backend.StoreAsync([Any.Entry()], Token);

        Assert.Equal(before + 1, _disk.Syncs);
        Assert.Contains(_directory.Path, _disk.SyncedDirectories);
    }

    [Fact]
    public async Task Store_TwoBackendsOneFile_LoseNothingAndSeeEachOther()
    {
        await using var other = Open();
        await other.InitializeAsync(Token);

        await Task.WhenAll(StoreAsync(Backend), StoreAsync(other));

        Assert.Equal(60, await Backend.CountAsync(All, Token));
        Assert.Equal(60, await other.CountAsync(All, Token));
        var entry = (await other.QueryAsync(All, Token))[0];
        Assert.True(await Backend.DeleteAsync(entry.Id, Token));
        Assert.Null(await other.GetAsync(entry.Id, Token));

        static Task StoreAsync(IMemoryBackend backend) => Task.Run(
            async () =>
            {
                foreach (var batch in Any.Entries(30).Chunk(3)) await backend.StoreAsync(batch, Token);
            },
            Token);
    }

    [Fact]
    public async Task Store_MoreThanAThousand_SaysOnceThatSqliteWouldBeBetter()
    {
        await Backend.StoreAsync(Any.Entries(1_001), Token);
        await Backend.StoreAsync(Any.Entries(1), Token);

        Assert.Single(_loggers.Warnings, static line => line.Contains("SQLite would be the better store", StringComparison.Ordinal));
        Assert.Contains("SQLite", (await Backend.CheckHealthAsync(Token)).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseJsonFileBackend_ThroughTheHost_WritesIntoTheDataFolder()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMemoryTriggers(options => options.DataDirectory = _directory.File("data")).UseJsonFileBackend();
        using var host = builder.Build();
        var backend = host.Services.GetRequiredService<IMemoryBackend>();

        await backend.InitializeAsync(Token);
        await backend.StoreAsync([Any.Entry()], Token);

        Assert.True(File.Exists(_directory.File("data/memory.json")));
    }

    private JsonFileMemoryBackend Open() =>
        new(new JsonFileBackendOptions { Path = FilePath, Disk = new SystemDisk(_disk) }, _loggers, TimeProvider.System);
}
