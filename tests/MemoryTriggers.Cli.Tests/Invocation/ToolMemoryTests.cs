using System.Text;
using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.Invocation;

/// <summary>The memories of the tool about its own commands have nothing of what was typed, also when an error quotes it.</summary>
public sealed class ToolMemoryTests : IDisposable
{
    private const string Canary = "c4n4ry-hunter2";
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string[]> Commands => new(
        ["memory", "search", Canary],
        ["memory", "get", Canary],
        ["memory", "update", Canary, "--content", Canary],
        ["memory", "history", Canary],
        ["memory", "import", $"/nowhere/{Canary}.json"],
        ["memory", "export", $"/nowhere/{Canary}/out.json"],
        ["memory", "list", "--since", Canary],
        ["memory", "list", "--data", $"/nowhere/{Canary}"],
        ["memory", "add", Canary, "--key", Canary, "--tag", Canary],
        ["dead-letters", "show", Canary],
        ["journal", "inspect", Canary],
        ["policy", "test", "--policies", $"/nowhere/{Canary}.yaml"],
        ["backup", $"/nowhere/{Canary}/copy.db"],
        ["restore", $"/nowhere/{Canary}.db", "--yes"],
        ["stats", "--store", $"postgres:{Canary}"],
        ["stats", "--store", Canary],
        ["stats", "--key-file", $"/nowhere/{Canary}"],
        ["health", "--data", Canary],
        ["config", "validate", $"/nowhere/{Canary}.yaml"],
        ["recover", "--policies", $"/nowhere/{Canary}.yaml"]);

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_WhateverItSays_LeavesNoArgument(string[] arguments)
    {
        await _folder.StoreAsync(Any.Entry());
        var command = _folder.Start(arguments);
        command.Environment["MEMORY_TRIGGERS_CLI_MEMORY"] = "on";

        await ToolFolder.RunAsync(command);

        foreach (var file in Directory.EnumerateFiles(_folder.Home, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(Canary, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_ThatFails_IsRememberedWithItsKindOfError()
    {
        await _folder.StoreAsync(Any.Entry());
        var command = _folder.Start("dead-letters", "show", Canary);
        command.Environment["MEMORY_TRIGGERS_CLI_MEMORY"] = "on";

        var failed = await ToolFolder.RunAsync(command);
        var remembered = await _folder.RunAsync("memory", "list", "-f", "json", "--data", Path.Combine(_folder.Home, "MemoryTriggers", "memory-triggers"));

        Assert.Contains(Canary, failed.Error, StringComparison.Ordinal);
        var entry = Assert.Single(remembered.Json.EnumerateArray());
        Assert.Equal("failure", entry.GetProperty("outcome").GetString());
        Assert.Contains("CommandException: [not kept]", entry.GetProperty("content").GetString(), StringComparison.Ordinal);
    }
}
