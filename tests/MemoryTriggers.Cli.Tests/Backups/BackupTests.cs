using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.Backups;

public sealed class BackupTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Copy => _folder.File("copy.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task BackupAndRestore_WhileAProgramHasItOpen_ProgramSeesWhatWasThere()
    {
        var (kept, later) = (Any.Entry("kept"), Any.Entry("later"));
        await using var program = await _folder.OpenAsync();
        await program.StoreAsync([kept], Token);

        var backup = await _folder.RunAsync("backup", "-o", Copy, "-f", "json");
        await program.StoreAsync([later], Token);
        await program.DeleteAsync(kept.Id, Token);
        var restore = await _folder.RunAsync("restore", Copy, "--force", "-f", "json");

        Assert.Equal(1, backup.Json.GetProperty("memories").GetInt64());
        Assert.Equal(1, restore.Json.GetProperty("restored").GetInt64());
        Assert.NotNull(await program.GetAsync(kept.Id, Token));
        Assert.Null(await program.GetAsync(later.Id, Token));
        Assert.Empty(await program.CheckIntegrityAsync(Token));
        await program.StoreAsync([Any.Entry("and it goes on")], Token);
    }

    [Fact]
    public async Task Restore_WhatItReplaces_StaysAndCanBeRestored()
    {
        await _folder.StoreAsync(Any.Entry("first"));
        await _folder.RunAsync("backup", "-o", Copy);
        await _folder.StoreAsync(Any.Entry("second"));

        var restore = await _folder.RunAsync("restore", Copy, "--force", "-f", "json");
        var back = await _folder.RunAsync("restore", restore.Json.GetProperty("kept").GetString()!, "--force", "-f", "json");

        Assert.Equal(2, back.Json.GetProperty("restored").GetInt64());
        Assert.Empty(Directory.GetFiles(_folder.Data, "*restoring*"));
    }

    [Fact]
    public async Task Restore_DryRun_ChangesNothing()
    {
        await _folder.StoreAsync(Any.Entry());
        await _folder.RunAsync("backup", "-o", Copy);
        await _folder.StoreAsync(Any.Entry());

        var dry = await _folder.RunAsync("restore", Copy, "--dry-run", "-f", "json");

        Assert.Equal(1, dry.Json.GetProperty("would_restore").GetInt64());
        await using var store = await _folder.OpenAsync();
        Assert.Equal(2, await store.CountAsync(new() { AllProjects = true }, Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restore_BackupCannotBeUsed_FailsAndTheStoreStays(bool isDatabase)
    {
        await _folder.StoreAsync([.. Any.Entries(200)]);
        await _folder.RunAsync("backup", "-o", Copy);
        var bytes = await File.ReadAllBytesAsync(Copy, Token);
        if (isDatabase) Array.Fill(bytes, (byte)0xAB, bytes.Length / 2, bytes.Length / 4);
        else Array.Fill(bytes, (byte)'x');
        await File.WriteAllBytesAsync(Copy, bytes, Token);

        var restore = await _folder.RunAsync("restore", Copy, "--force");

        Assert.Equal(1, restore.ExitCode);
        await using var store = await _folder.OpenAsync();
        Assert.Equal(200, await store.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Restore_WhatIsThereIsNoDatabase_IsMovedAside()
    {
        await _folder.StoreAsync(Any.Entry("safe"));
        await _folder.RunAsync("backup", "-o", Copy);
        await File.WriteAllTextAsync(_folder.Database, new string('x', 5000), Token);

        var restore = await _folder.RunAsync("restore", Copy, "--force", "-f", "json");

        Assert.Equal(0, restore.ExitCode);
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(restore.Json.GetProperty("kept").GetString()!, Token));
        await using var store = await _folder.OpenAsync();
        Assert.Equal("safe", Assert.Single(await store.QueryAsync(new() { AllProjects = true }, Token)).Content);
    }

    [Fact]
    public async Task Restore_NoStoreYet_MakesIt()
    {
        await _folder.StoreAsync(Any.Entry("moved"));
        await _folder.RunAsync("backup", "-o", Copy);
        File.Delete(_folder.Database);

        var restore = await _folder.RunAsync("restore", Copy);
        var list = await _folder.RunAsync("memory", "list", "-f", "json");

        Assert.Equal(0, restore.ExitCode);
        Assert.Equal("moved", Assert.Single(list.Json.EnumerateArray()).GetProperty("content").GetString());
    }

    [Fact]
    public async Task Backup_DiskIsFull_FailsAndTheOlderCopyStays()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits the size of files with the command ulimit");
        await _folder.StoreAsync(Any.Entry("first"));
        await _folder.RunAsync("backup", "-o", Copy);
        var older = await File.ReadAllBytesAsync(Copy, Token);
        await _folder.StoreAsync([.. Any.Entries(2000)]);

        var backup = await ToolFolder.RunAsync(_folder.Shell($"trap '' XFSZ; export DOTNET_gcServer=0 DOTNET_EnableWriteXorExecute=0; ulimit -f 200; $tool backup -o {Copy} --force"));

        Assert.Equal(1, backup.ExitCode);
        Assert.NotEmpty(backup.Error);
        Assert.Equal(older, await File.ReadAllBytesAsync(Copy, Token));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Copy)!, "*.partial*"));
    }

    [Theory]
    [InlineData("backup -o full/copy --force")]
    [InlineData("memory export -o full/copy --force")]
    public async Task Copy_FileSystemIsFull_FailsAndTheOlderCopyStays(string command)
    {
        await _folder.StoreAsync(Any.Entries(2000));
        var mount = await ToolFolder.RunAsync(_folder.Shell("unshare --user --map-root-user --mount bash -c 'mkdir full && mount -t tmpfs none full'"));
        Assert.SkipUnless(mount.ExitCode == 0, $"mounts a file system for this process alone, which is not allowed here: {mount.Error}");

        var result = await ToolFolder.RunAsync(_folder.Shell($"""
            unshare --user --map-root-user --mount bash -c 'mount -t tmpfs -o size=300k none full; echo older > full/copy; $tool {command}; echo "ended $?"; ls -A full; cat full/copy'
            """));

        Assert.Equal("ended 1\ncopy\nolder\n", result.Output);
        Assert.Contains("full", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_FileIsThere_IsReplacedOnlyWithForce()
    {
        await _folder.StoreAsync(Any.Entry());
        await File.WriteAllTextAsync(Copy, "precious", Token);

        var refused = await _folder.RunAsync("backup", "-o", Copy);

        Assert.Equal(2, refused.ExitCode);
        Assert.Equal("precious", await File.ReadAllTextAsync(Copy, Token));
    }

    [Fact]
    public async Task BackupAndRestore_WithPolicies_BringsThemBack()
    {
        await _folder.StoreAsync(Any.Entry());
        var policies = Path.Combine(_folder.Data, "policies.yaml");
        await File.WriteAllTextAsync(policies, "rules:\n", Token);
        await _folder.RunAsync("backup", "-o", Copy, "--include-policies");
        await File.WriteAllTextAsync(policies, "policies:\n", Token);

        var restore = await _folder.RunAsync("restore", Copy, "--include-policies", "--force", "-f", "json");

        Assert.Equal("rules:\n", await File.ReadAllTextAsync(policies, Token));
        Assert.Equal("policies:\n", await File.ReadAllTextAsync(restore.Json.GetProperty("kept_policies").GetString()!, Token));
    }

    [Fact]
    public async Task BackupAndRestore_JsonStore_BringsItBack()
    {
        await using var program = await MemoryModule.OpenAsync(_folder.Data, "json", cancellationToken: Token);
        var id = await program.CreateAsync(new MemoryDraft { Key = "kept" }, Token);
        var copy = _folder.File("copy.json");
        await _folder.RunAsync("backup", "-o", copy);
        await program.DeleteAsync(id, Token);

        var restore = await _folder.RunAsync("restore", copy, "--force");

        Assert.Equal(0, restore.ExitCode);
        Assert.NotNull(await program.GetAsync(id, Token));
    }
}
