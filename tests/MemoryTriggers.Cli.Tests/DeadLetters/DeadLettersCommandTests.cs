using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.DeadLetters;

[Collection(nameof(ProcessWide))]
public sealed class DeadLettersCommandTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ListAndShow_WhatAProgramLeft_TellReasonAndMemory()
    {
        await FolderOfAProgram.RefuseAsync(_folder.Data, "push", "build");

        var list = await _folder.RunAsync("dead-letters", "list", "-f", "json");
        var first = list.Json[0];
        var show = await _folder.RunAsync("dead-letters", "show", first.GetProperty("id").GetString()!, "-f", "json");

        Assert.Equal(["push", "build"], list.Json.EnumerateArray().Select(static letter => letter.GetProperty("memory").GetProperty("key").GetString()));
        Assert.Contains("refuses", first.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.True(System.Text.Json.JsonElement.DeepEquals(first, show.Json));
    }

    [Fact]
    public async Task Replay_StoreTakesThem_MakesThemMemoriesAndTheyGo()
    {
        await FolderOfAProgram.RefuseAsync(_folder.Data, "push", "build");
        await _folder.StoreAsync(Any.Entry());

        var dry = await _folder.RunAsync("dead-letters", "replay", "--dry-run", "-f", "json");
        var replay = await _folder.RunAsync("dead-letters", "replay", "--project", "shop", "-f", "json");

        Assert.Equal(2, dry.Json.GetProperty("would_replay").GetInt32());
        Assert.Equal((0, 2, 0), (replay.ExitCode, replay.Json.GetProperty("stored").GetInt32(), replay.Json.GetProperty("refused").GetInt32()));
        Assert.False(File.Exists(Path.Combine(_folder.Data, "dead-letters.dat")));
        await using var store = await _folder.OpenAsync();
        Assert.Equal(3, await store.CountAsync(new() { Project = "shop" }, Token));
    }

    [Fact]
    public async Task Project_OfSeveralInOneFolder_SelectsItsOwn()
    {
        await FolderOfAProgram.RefuseAsProjectAsync(_folder.Data, "shop", "push");
        await FolderOfAProgram.RefuseAsProjectAsync(_folder.Data, "bank", "build", "test");
        await _folder.StoreAsync(Any.Entry());

        var all = await _folder.RunAsync("dead-letters", "list", "-f", "json");
        var bank = await _folder.RunAsync("dead-letters", "list", "--project", "bank", "-f", "json");
        var replay = await _folder.RunAsync("dead-letters", "replay", "--project", "bank", "-f", "json");
        var purge = await _folder.RunAsync("dead-letters", "purge", "--project", "bank", "--force", "-f", "json");
        var left = await _folder.RunAsync("dead-letters", "list", "-f", "json");

        Assert.Equal(["shop", "bank", "bank"], all.Json.EnumerateArray().Select(static letter => letter.GetProperty("project").GetString()));
        Assert.Equal(["build", "test"], bank.Json.EnumerateArray().Select(static letter => letter.GetProperty("memory").GetProperty("key").GetString()));
        Assert.Equal((2, 0), (replay.Json.GetProperty("stored").GetInt32(), purge.Json.GetProperty("purged").GetInt32()));
        Assert.Equal("push", Assert.Single(left.Json.EnumerateArray()).GetProperty("memory").GetProperty("key").GetString());
        await using var store = await _folder.OpenAsync();
        Assert.Equal(2, await store.CountAsync(new() { Project = "bank" }, Token));
    }

    // Letters of earlier versions do not tell the project of their program.
    [Fact]
    public async Task Replay_LetterThatTellsNoProject_GetsTheOneThatIsGiven()
    {
        await FolderOfAProgram.RefuseAsProjectAsync(_folder.Data, project: null, "push");
        await _folder.StoreAsync();

        var replay = await _folder.RunAsync("dead-letters", "replay", "--project", "shop", "-f", "json");

        Assert.Equal(1, replay.Json.GetProperty("stored").GetInt32());
        await using var store = await _folder.OpenAsync();
        Assert.Equal(1, await store.CountAsync(new() { Project = "shop" }, Token));
    }

    [Fact]
    public async Task Purge_One_LeavesTheOthers()
    {
        await FolderOfAProgram.RefuseAsync(_folder.Data, "push", "build");
        var id = (await _folder.RunAsync("dead-letters", "list", "-f", "json")).Json[0].GetProperty("id").GetString()!;

        var asked = await _folder.RunAsync("dead-letters", "purge", id);
        var young = await _folder.RunAsync("dead-letters", "purge", "--older-than", "1d", "--force", "-f", "json");
        var purged = await _folder.RunAsync("dead-letters", "purge", id, "--force", "-f", "json");

        Assert.Equal(2, asked.ExitCode);
        Assert.Equal(0, young.Json.GetProperty("purged").GetInt32());
        Assert.Equal(1, purged.Json.GetProperty("purged").GetInt32());
        var left = await _folder.RunAsync("dead-letters", "list", "-f", "json");
        Assert.Equal("build", Assert.Single(left.Json.EnumerateArray()).GetProperty("memory").GetProperty("key").GetString());
    }

    [Fact]
    public async Task Show_PathInTheId_FindsNothing()
    {
        await File.WriteAllTextAsync(_folder.File("secret.json"), "{}", Token);

        var show = await _folder.RunAsync("dead-letters", "show", "../../secret");

        Assert.Equal(1, show.ExitCode);
    }
}
