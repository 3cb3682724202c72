using MemoryTriggers.Retention;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>What is deleted is in no file any more.</summary>
[Collection(nameof(ProcessWide))]
public sealed class DeletionTests : IDisposable
{
    private static readonly Canary Canary = new("Zyqplmxkanary");
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => _directory.File("data");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("json")]
    public async Task Delete_OfACapturedMemory_LeavesItsWordsInNoFile(string kind)
    {
        await using var memory = await StartAsync(kind);
        for (var number = 0; number < 40; number++) Call($"other {number}");
        Call(Canary.Word);
        for (var number = 0; number < 40; number++) Call($"later {number}");
        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        Assert.NotEmpty(Canary.FilesIn(Data));
        var found = Assert.Single(await memory.Recall.SearchAsync(Canary.Word, cancellationToken: Token));

        Assert.True(await memory.Memory.DeleteAsync(found.Entry.Id, Token));

        Assert.Empty(Canary.FilesIn(Data));
        Assert.Equal(80, await memory.Recall.CountAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task DeleteMany_OfCapturedMemories_LeavesTheirWordsInNoFile()
    {
        await using var memory = await StartAsync("sqlite");
        for (var number = 0; number < 1_500; number++) Call($"{Canary.Word} {number}");
        Call("other");
        Assert.True(await memory.FlushAsync(cancellationToken: Token));

        Assert.Equal(1_500, await memory.Memory.DeleteManyAsync(new() { AllTags = ["doomed"] }, Token));

        Assert.Empty(Canary.FilesIn(Data));
    }

    [Fact]
    public async Task Stop_AfterAnotherProcessHasDeleted_ClearsTheJournal()
    {
        await using (var memory = await StartAsync("sqlite"))
        {
            Call(Canary.Word);
            Assert.True(await memory.FlushAsync(cancellationToken: Token));
            await using var other = await MemoryModule.OpenAsync(Data, project: "shop", cancellationToken: Token);
            var found = Assert.Single(await other.SearchAsync(new() { AllTags = ["doomed"] }, Token));
            Assert.True(await other.DeleteAsync(found.Id, Token));
        }

        Assert.Empty(Canary.FilesIn(Data));
    }

    [Fact]
    public async Task Purge_OfMemories_LeavesTheirWordsInNoFileAndSaysWhatItCannotReach()
    {
        await using var memory = await StartAsync("sqlite");
        Call(Canary.Word);
        Call("other");
        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        var found = Assert.Single(await memory.Recall.SearchAsync(Canary.Word, cancellationToken: Token));
        var archive = new MemoryArchive(Path.Combine(Data, "archive"));
        archive.Add([found.Entry, Any.Entry("other") with { Key = "other" }]);
        Directory.CreateDirectory(Path.Combine(Data, "journal", "0", "quarantine"));
        foreach (var aside in (string[])["memory.db.damaged-1", "journal/0/quarantine/part", "journal/0/held.db.damaged-2"])
            await File.WriteAllTextAsync(Path.Combine(Data, aside), Canary.Word, Token);
        Assert.True(Canary.FilesIn(Data).Count >= 5);

        var (deleted, unreached) = await memory.PurgeAsync(new MemoryQuery { AllProjects = true, AllTags = ["doomed"] }, Token);

        Assert.Equal(1, deleted);
        Assert.Contains(unreached, static copy => copy.Contains("backups", StringComparison.Ordinal));
        Assert.Empty(Canary.FilesIn(Data));
        Assert.Equal(0, archive.Remove(entry => entry.Id == found.Entry.Id));
        Assert.Equal(1, archive.Remove(static entry => entry.Key == "other"));
        Assert.Equal(1, await memory.Recall.CountAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task Purge_OfOneMemoryByItsId_TakesItsEarlierVersions()
    {
        await using var memory = await StartAsync("sqlite");
        var id = await memory.Memory.CreateAsync(new MemoryDraft { Category = "note", Key = "note", Content = Canary.Word }, Token);
        Assert.True(await memory.Memory.UpdateAsync(id, new MemoryUpdate { Content = "changed" }, Token));

        var (deleted, _) = await memory.PurgeAsync(id, Token);

        Assert.True(deleted >= 1);
        Assert.Empty(Canary.FilesIn(Data));
        Assert.Equal(0, await memory.Recall.CountAsync(cancellationToken: Token));
    }

    private static void Call(string what)
    {
        using var scope = TriggerScope.Workflow(what, project: "shop");
        scope.AddMetadata("what", what).AddTags(what.Contains(Canary.Word, StringComparison.Ordinal) ? "doomed" : "kept").Complete();
    }

    private Task<MemoryTriggerService> StartAsync(string kind) => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = Data;
            options.Project = "shop";
            options.Retention.ArchiveDirectory = "archive";
        },
        kind == "json" ? new JsonFileMemoryBackend(new() { Path = Path.Combine(Data, "memory.json") }, Loggers(), TimeProvider.System) : null,
        cancellationToken: Token);

    private static Microsoft.Extensions.Logging.ILogger Loggers() => Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
}
