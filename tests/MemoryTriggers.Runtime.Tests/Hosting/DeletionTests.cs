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
        },
        kind == "json" ? new JsonFileMemoryBackend(new() { Path = Path.Combine(Data, "memory.json") }, Loggers(), TimeProvider.System) : null,
        cancellationToken: Token);

    private static Microsoft.Extensions.Logging.ILogger Loggers() => Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
}
