using System.CommandLine;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests;

/// <summary>Runs the example for commands of docs/hooks.md. That it is the one of the page is checked beside the other examples.</summary>
public sealed class CommandPageTests
{
    [Fact]
    public async Task Example_OfCommands_IsRemembered()
    {
        using var sink = new RecordingSink();
        var root = new RootCommand();
        root.SetAction(static (_, _) => Task.FromResult(3));

        Assert.Equal(3, await MainAsync(root, []));

        Assert.EndsWith("ended with exit code 3", Assert.Single(sink.Entries).Content, StringComparison.Ordinal);
    }

    private static async Task<int> MainAsync(RootCommand root, string[] args)
    {
        return await root.UseMemoryTriggers().Parse(args).InvokeAsync();
    }
}
