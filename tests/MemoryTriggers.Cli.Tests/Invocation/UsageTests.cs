using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.Invocation;

public sealed class UsageTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("memroy")]
    [InlineData("memory", "get", "not-an-id")]
    [InlineData("memory", "list", "--format", "xml")]
    [InlineData("memory", "list", "--limit", "0")]
    [InlineData("memory", "list", "--since", "yesterdayish")]
    [InlineData("memory", "list", "--timeout", "-1")]
    [InlineData("memory", "add")]
    [InlineData("memory")]
    [InlineData()]
    public async Task WrongUsage_EndsWithTwoAndSaysWhereHelpIs(params string[] command)
    {
        var result = await _folder.RunAsync(command);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("memory", "search", "--help")]
    public async Task Help_EndsWithZero(params string[] command)
    {
        var result = await _folder.RunAsync(command);

        Assert.Equal(0, result.ExitCode);
        Assert.NotEmpty(result.Output);
    }

    [Fact]
    public async Task Suggest_BeginningOfACommand_CompletesIt()
    {
        var result = await _folder.RunAsync("[suggest:27]", "memory-triggers memory sear");

        Assert.Equal(["search"], result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Completion_AnyShell_PrintsAScriptThatAsksTheTool(string shell)
    {
        var result = await _folder.RunAsync("completion", shell);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("[suggest:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_BashScript_CompletesInBash()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses bash");

        var result = await ToolFolder.RunAsync(_folder.Shell("""
            memory-triggers() { local IFS=" "; $tool "$@"; }
            eval "$(memory-triggers completion bash)"
            COMP_LINE="memory-triggers dead-letters re" COMP_POINT=${#COMP_LINE} COMP_WORDS=(memory-triggers dead-letters re) COMP_CWORD=2
            COMP_POINT=31 _memory_triggers_complete
            echo "${COMPREPLY[@]}"
            """));

        Assert.Equal("replay\n", result.Output);
    }

    [Fact]
    public async Task Command_MemoryOn_IsRememberedInTheFolderOfTheTool()
    {
        await _folder.StoreAsync(Any.Entry());
        var command = _folder.Start("stats");
        command.Environment["MEMORY_TRIGGERS_CLI_MEMORY"] = "on";

        var stats = await ToolFolder.RunAsync(command);
        var remembered = await _folder.RunAsync("memory", "list", "-f", "json", "--data", Path.Combine(_folder.Home, "MemoryTriggers", "memory-triggers"));

        Assert.Equal(0, stats.ExitCode);
        var entry = Assert.Single(remembered.Json.EnumerateArray());
        Assert.Equal("stats", entry.GetProperty("entity_id").GetString());
        Assert.Contains("cli", entry.GetProperty("tags").EnumerateArray().Select(static tag => tag.GetString()));
    }

    [Theory]
    [InlineData("on", "--no-memory")]
    [InlineData("off", "--no-color")]
    public async Task Command_MemoryOff_LeavesNothing(string variable, string option)
    {
        await _folder.StoreAsync(Any.Entry());
        var command = _folder.Start("stats", option);
        command.Environment["MEMORY_TRIGGERS_CLI_MEMORY"] = variable;

        var stats = await ToolFolder.RunAsync(command);

        Assert.Equal(0, stats.ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Home));
    }
}
