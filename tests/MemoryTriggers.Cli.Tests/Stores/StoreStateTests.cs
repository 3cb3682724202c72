using MemoryTriggers.Cli.Tool;
using MemoryTriggers.Cli.Watching;
using MemoryTriggers.TestKit;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Cli.Stores;

/// <summary>Stores that are not there, not stores, of another version, or in use.</summary>
public sealed class StoreStateTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("memory", "list")]
    [InlineData("memory", "add", "key")]
    [InlineData("errors", "list")]
    [InlineData("errors", "resolve", "00000000000000d1", "It was cleaned")]
    [InlineData("stats")]
    [InlineData("status")]
    [InlineData("tail")]
    [InlineData("monitor")]
    [InlineData("backup")]
    public async Task AnyCommand_NoStore_FailsAndMakesNone(params string[] command)
    {
        var result = await _folder.RunAsync(command);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(_folder.Data, result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Data));
    }

    [Fact]
    public async Task Data_NoSuchFolder_Fails()
    {
        var result = await _folder.RunAsync("memory", "list", "--data", _folder.File("nowhere"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nowhere", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("memory", "list")]
    [InlineData("memory", "add", "key")]
    [InlineData("backup")]
    public async Task AnyCommand_FileIsNoDatabase_FailsAndLeavesIt(params string[] command)
    {
        await File.WriteAllTextAsync(_folder.Database, new string('x', 5000), Token);

        var result = await _folder.RunAsync(command);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not a database", result.Error, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(_folder.Database, Token));
        Assert.Empty(Directory.GetFiles(_folder.Data, "*damaged*"));
    }

    [Fact]
    public async Task List_DatabaseOfSomebodyElse_FailsAndLeavesIt()
    {
        Execute("CREATE TABLE song (title TEXT)");

        var result = await _folder.RunAsync("memory", "list");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("none of memories", result.Error, StringComparison.Ordinal);
        Assert.Equal(1L, Execute("SELECT count(*) FROM sqlite_master"));
    }

    [Theory]
    [InlineData("INSERT INTO schema_version VALUES (99, 'the future', 0)", "99")]
    [InlineData("DELETE FROM schema_version WHERE version > 3", "version 3")]
    public async Task List_AnotherVersion_FailsAndChangesNothing(string change, string told)
    {
        await _folder.StoreAsync(Any.Entry());
        Execute(change);
        var before = Execute("SELECT max(version) FROM schema_version");

        var result = await _folder.RunAsync("memory", "list");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Execute("SELECT max(version) FROM schema_version"));
    }

    [Fact]
    public async Task Locked_ReadsAnswerAndWritesGiveUpAfterTheTimeout()
    {
        await _folder.StoreAsync(Any.Entry("still here"));
        using var held = new FileStream(_folder.Database + ".write-lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var list = await _folder.RunAsync("memory", "list", "-f", "json");
        var add = await _folder.RunAsync("memory", "add", "key", "--timeout", "0.1");
        var health = await _folder.RunAsync("health", "--timeout", "0.1", "-f", "json");

        Assert.Equal("still here", Assert.Single(list.Json.EnumerateArray()).GetProperty("content").GetString());
        Assert.Equal(1, add.ExitCode);
        Assert.Contains("Another process", add.Error, StringComparison.Ordinal);
        Assert.Equal(3, health.ExitCode);
        Assert.Equal("unhealthy", health.Json.GetProperty("status").GetString());
    }

    [Fact(Timeout = 120_000)]
    public async Task Interrupted_WhileItWaitsForTheStore_EndsWith130AndChangesNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sees in /proc what a process has open");
        var entry = Any.Entry("before");
        await _folder.StoreAsync(entry);
        using var held = new FileStream(_folder.Database + ".write-lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        using var waiting = new WatchingTool(_folder.Start("memory", "update", entry.Id.ToString(), "--content", "after", "--timeout", "600"));
        while (!HasOpen(waiting.Process.Id, _folder.Database)) await Task.Yield();
        var exitCode = await waiting.InterruptAsync(Token);

        Assert.Equal((130, "interrupted\n"), (exitCode, await waiting.Process.StandardError.ReadToEndAsync(Token)));
        Assert.Contains("before", (await _folder.RunAsync("memory", "get", entry.Id.ToString())).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_ProgramWritesMeanwhile_BothSeeBoth()
    {
        await using var program = await _folder.OpenAsync();
        await program.StoreAsync([Any.Entry("of the program")], Token);

        var added = await _folder.RunAsync("memory", "add", "of-the-tool", "-f", "json");
        await program.StoreAsync([Any.Entry("of the program, later")], Token);
        var list = await _folder.RunAsync("memory", "list", "-f", "json");

        Assert.NotNull(await program.GetAsync(added.Json.GetProperty("id").GetGuid(), Token));
        Assert.Equal(3, list.Json.GetArrayLength());
    }

    [Fact]
    public async Task Data_TheOnlyStoreInTheUsualPlace_IsFound()
    {
        await _folder.StoreAsync(Any.Entry("found"));
        Directory.CreateDirectory(Path.Combine(_folder.Home, "MemoryTriggers"));
        Directory.Move(_folder.Data, Path.Combine(_folder.Home, "MemoryTriggers", "Shop"));
        var start = _folder.Start("memory", "list", "-f", "json");
        start.Environment.Remove("MEMORY_TRIGGERS_DATA");

        var list = await ToolFolder.RunAsync(start);

        Assert.Equal("found", Assert.Single(list.Json.EnumerateArray()).GetProperty("content").GetString());
    }

    [Fact]
    public async Task Data_SeveralStoresInTheUsualPlace_IsWrongUsageAndNamesThem()
    {
        await _folder.StoreAsync(Any.Entry());
        foreach (var program in (string[])["Shop", "Bank"])
        {
            var place = Directory.CreateDirectory(Path.Combine(_folder.Home, "MemoryTriggers", program)).FullName;
            File.Copy(_folder.Database, Path.Combine(place, "memory.db"));
        }

        var start = _folder.Start("memory", "list");
        start.Environment.Remove("MEMORY_TRIGGERS_DATA");
        var list = await ToolFolder.RunAsync(start);

        Assert.Equal(2, list.ExitCode);
        Assert.Contains("Shop", list.Error, StringComparison.Ordinal);
        Assert.Contains("Bank", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_StoreInAFile_IsReadAndChanged()
    {
        await using (var program = await MemoryModule.OpenAsync(_folder.Data, "json", cancellationToken: Token))
            await program.CreateAsync(new MemoryDraft { Key = "first" }, Token);

        var added = await _folder.RunAsync("memory", "add", "second");
        var list = await _folder.RunAsync("memory", "list", "-f", "json");

        Assert.Equal(0, added.ExitCode);
        Assert.Equal(["second", "first"], list.Json.EnumerateArray().Select(static entry => entry.GetProperty("key").GetString()));
    }

    [Fact]
    public async Task Json_FileThatCannotBeRead_FailsAndLeavesIt()
    {
        var path = Path.Combine(_folder.Data, "memory.json");
        await File.WriteAllTextAsync(path, "{ not json", Token);

        var list = await _folder.RunAsync("memory", "list");

        Assert.Equal(1, list.ExitCode);
        Assert.Equal("{ not json", await File.ReadAllTextAsync(path, Token));
    }

    private object? Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static bool HasOpen(int process, string file) =>
        Directory.GetFiles($"/proc/{process}/fd").Any(link => new FileInfo(link).LinkTarget == file);
}
