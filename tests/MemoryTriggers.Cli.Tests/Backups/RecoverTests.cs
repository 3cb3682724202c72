using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.Backups;

[Collection(nameof(ProcessWide))]
public sealed class RecoverTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Recover_WhatAnEndedProcessLeft_IsStored()
    {
        await _folder.StoreAsync(Any.Entry());
        await (await FolderOfAProgram.StartWithoutStoreAsync(_folder.Data, records: 3)).DisposeAsync();

        var recover = await _folder.RunAsync("recover", "--force", "--test-after", "--project", "shop", "-f", "json");

        Assert.Equal(0, recover.ExitCode);
        Assert.Equal(3, recover.Json.GetProperty("recovered").GetInt64());
        Assert.Equal(0, recover.Json.GetProperty("pending").GetInt64());
        await using var store = await _folder.OpenAsync();
        Assert.Equal(4, await store.CountAsync(new() { Project = "shop" }, Token));
    }

    [Fact]
    public async Task Recover_StoreIsNoDatabase_IsMovedAsideAndSaysSo()
    {
        await File.WriteAllTextAsync(_folder.Database, new string('x', 5000), Token);

        var recover = await _folder.RunAsync("recover", "--force", "-f", "json");

        Assert.Equal(0, recover.ExitCode);
        Assert.Contains("damaged", recover.Json.GetProperty("store").GetString(), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder.Data, "memory.db.damaged-*"));
    }

    [Fact]
    public async Task Recover_DryRun_SaysWhatItWouldDoAndChangesNothing()
    {
        await File.WriteAllTextAsync(_folder.Database, new string('x', 5000), Token);
        await (await FolderOfAProgram.StartWithoutStoreAsync(_folder.Data, records: 3)).DisposeAsync();

        var dry = await _folder.RunAsync("recover", "--dry-run", "-f", "json");
        var again = await _folder.RunAsync("recover", "--dry-run");

        Assert.Equal((0, 3), (dry.ExitCode, dry.Json.GetProperty("would_recover").GetInt32()));
        Assert.Contains(dry.Json.GetProperty("checks").EnumerateArray(), static check => check.GetProperty("name").GetString() == "store" && !check.GetProperty("healthy").GetBoolean());
        Assert.Contains("3 records", again.Output, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(_folder.Database, Token));
    }

    [Fact]
    public async Task Recover_NobodyToAsk_ChangesNothing()
    {
        await File.WriteAllTextAsync(_folder.Database, new string('x', 5000), Token);

        var recover = await _folder.RunAsync("recover");

        Assert.Equal(2, recover.ExitCode);
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(_folder.Database, Token));
    }
}
