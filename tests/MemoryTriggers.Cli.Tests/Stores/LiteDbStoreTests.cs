using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Cli.Stores;

/// <summary>The file of a LiteDB store in a data folder.</summary>
public sealed class LiteDbStoreTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder.Data, "memory.litedb");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LiteDb_StoreInAFolder_IsReadAndChanged()
    {
        await using (var program = await OpenAsync()) await program.StoreAsync([Any.Entry("the checkout is slow") with { Key = "first" }], Token);

        var added = await _folder.RunAsync("memory", "add", "second");
        var list = await _folder.RunAsync("memory", "list", "-f", "json");
        var search = await _folder.RunAsync("memory", "search", "why is the checkout slow", "-f", "json");
        var health = await _folder.RunAsync("health");

        Assert.Equal((0, 0, 0), (added.ExitCode, search.ExitCode, health.ExitCode));
        Assert.Equal(["first", "second"], list.Json.EnumerateArray().Select(static entry => entry.GetProperty("key").GetString()).Order());
        Assert.Contains("the checkout is slow", search.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LiteDb_OpenInAProgram_SaysSo()
    {
        await using var program = await OpenAsync();

        var list = await _folder.RunAsync("memory", "list", "--timeout", "1");

        Assert.Equal(1, list.ExitCode);
        Assert.Contains("Another process has", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LiteDb_FileThatCannotBeRead_FailsAndLeavesIt()
    {
        await File.WriteAllTextAsync(Database, "no database", Token);

        var list = await _folder.RunAsync("memory", "list");

        Assert.Equal(1, list.ExitCode);
        Assert.Equal("no database", await File.ReadAllTextAsync(Database, Token));
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("recover")]
    public async Task LiteDb_CommandForOtherStores_SaysWhatToDo(string command)
    {
        await (await OpenAsync()).DisposeAsync();

        var result = await _folder.RunAsync(command);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("LiteDB", result.Error, StringComparison.Ordinal);
    }

    private async Task<LiteDbMemoryBackend> OpenAsync()
    {
        var backend = new LiteDbMemoryBackend(new() { Path = Database }, NullLogger.Instance, TimeProvider.System);
        await backend.InitializeAsync(Token);
        return backend;
    }
}
