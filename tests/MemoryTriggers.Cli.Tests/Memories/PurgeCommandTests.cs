using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.Memories;

/// <summary>What is deleted and purged with the tool is in no file of the data folder any more.</summary>
[Collection(nameof(ProcessWide))]
public sealed class PurgeCommandTests : IDisposable
{
    private static readonly Canary Canary = new("Zyqplmxkanary");
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Delete_LeavesTheWordsInNoFile()
    {
        var entry = Any.Entry(Canary.Word) with { Key = Canary.Word };
        await _folder.StoreAsync(Any.Entry("before"), entry, Any.Entry("after"));
        Assert.NotEmpty(Canary.FilesIn(_folder.Data));

        var deleted = await _folder.RunAsync("memory", "delete", entry.Id.ToString(), "--force");

        Assert.Equal(0, deleted.ExitCode);
        Assert.Empty(Canary.FilesIn(_folder.Data));
    }

    [Fact]
    public async Task Purge_OfAFolderWithADeadLetterAndAJournal_LeavesTheWordsInNoFile()
    {
        await FolderOfAProgram.RefuseAsync(_folder.Data, Canary.Word);
        await _folder.StoreAsync(Any.Entry(Canary.Word) with { Key = Canary.Word, Project = "shop" }, Any.Entry("other"));
        Assert.NotEmpty(Canary.FilesIn(_folder.Data));

        var purged = await _folder.RunAsync("memory", "purge", "--key", Canary.Word, "--all-projects", "--force", "-f", "json");

        Assert.Equal(0, purged.ExitCode);
        Assert.Equal(1, purged.Json.GetProperty("deleted").GetInt64());
        Assert.Contains("backups", purged.Json.GetProperty("not_reached").ToString(), StringComparison.Ordinal);
        Assert.Empty(Canary.FilesIn(_folder.Data));
        Assert.Equal("0", (await _folder.RunAsync("dead-letters", "list", "-f", "json")).Json.GetArrayLength().ToString(System.Globalization.CultureInfo.InvariantCulture));
        await using var store = await _folder.OpenAsync();
        Assert.Equal(1, await store.CountAsync(new() { AllProjects = true }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Purge_WithoutASelection_IsWrongUsage() =>
        Assert.Equal(2, (await _folder.RunAsync("memory", "purge", "--force")).ExitCode);
}
