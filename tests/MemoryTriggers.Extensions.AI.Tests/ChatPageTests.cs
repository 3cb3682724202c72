using MemoryTriggers.TestKit;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Tests;

/// <summary>Runs the example for agents of docs/hooks.md. That it is the one of the page is checked beside the other examples.</summary>
public sealed class ChatPageTests
{
    [Fact]
    public async Task Example_OfAgents_IsRemembered()
    {
        using var sink = new RecordingSink();
        var hooks = new MemoryHooks(new MemoryHooksOptions(), TimeProvider.System, static () => NullLogger.Instance);
        using var client = new ScriptedChatClient(static _ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "hello")));

        IChatClient remembered = client.WithMemory(hooks);
        AIFunction tool = AIFunctionFactory.Create(FindOrder).WithMemory(hooks);

        await remembered.GetResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await tool.InvokeAsync(new() { ["number"] = 17 }, TestContext.Current.CancellationToken));
        Assert.Equal(["agent_operation", "error_resolution"], sink.Entries.Select(static entry => entry.TriggerType!.Value.Name()));
    }

    private static string FindOrder(int number) => throw new KeyNotFoundException($"no order {number}");
}
