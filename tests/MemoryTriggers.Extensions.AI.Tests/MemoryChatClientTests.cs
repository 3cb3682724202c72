using MemoryTriggers.TestKit;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Tests;

/// <summary>Exchanges with a model become memories, without what was said.</summary>
public sealed class MemoryChatClientTests : IDisposable
{
    private readonly RecordingSink _sink = new();
    private readonly MemoryHooks _hooks = new(new MemoryHooksOptions(), new ManualTimeProvider(), static () => NullLogger.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _sink.Dispose();

    [Fact]
    public async Task Response_OfAModel_IsRememberedBySizesOnly()
    {
        using var client = Client(static _ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "canary-answer"))
        {
            ModelId = "scripted-2",
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = 7, OutputTokenCount = 3, TotalTokenCount = 10 },
        });

        var response = await client.GetResponseAsync([new(ChatRole.System, "canary-system"), new(ChatRole.User, "canary-question")], cancellationToken: Token);

        var entry = Assert.Single(_sink.Entries);
        var metadata = entry.Value.GetProperty("metadata");
        Assert.Equal("canary-answer", response.Text);
        Assert.StartsWith("Agent operation completed: chat - chat scripted-2 (Duration: ", entry.Content, StringComparison.Ordinal);
        Assert.Equal(("chat_agent", "chat", TriggerType.AgentOperation), (entry.Source, entry.EntityId, entry.TriggerType));
        Assert.Equal((2, 28, 13), (metadata.GetProperty("input_messages").GetInt32(), metadata.GetProperty("input_characters").GetInt32(), metadata.GetProperty("output_characters").GetInt32()));
        Assert.Equal((7, 3, 10), (metadata.GetProperty("usage_input").GetInt32(), metadata.GetProperty("usage_output").GetInt32(), metadata.GetProperty("usage_total").GetInt32()));
        Assert.Equal(("test", "stop"), (metadata.GetProperty("provider").GetString(), metadata.GetProperty("finish_reason").GetString()));
        Assert.DoesNotContain("canary", entry.Content + entry.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_OnRequest_IsRememberedWithWhatWasSaid()
    {
        using var client = Client(static _ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "42")), static options => (options.IncludeContent, options.AgentType) = (true, "oracle"));

        await client.GetResponseAsync("what is the answer?", cancellationToken: Token);

        var entry = Assert.Single(_sink.Entries);
        Assert.EndsWith(". Results: 42", entry.Content, StringComparison.Ordinal);
        Assert.Equal("what is the answer?", entry.Value.GetProperty("metadata").GetProperty("prompt").GetString());
        Assert.Equal("oracle", entry.EntityId);
    }

    [Fact]
    public async Task Response_InTheContextOfAnAgent_IsItsWork()
    {
        using var client = Client(static _ => new ChatResponse());

        using (MemoryContext.Begin(new() { Agent = "qa" })) await client.GetResponseAsync("hello", cancellationToken: Token);

        Assert.Equal("qa_agent", Assert.Single(_sink.Entries).Source);
    }

    [Fact]
    public async Task Response_ThatFails_IsAnErrorAndTheExceptionPasses()
    {
        var lost = new InvalidOperationException("connection lost");
        using var client = Client(_ => throw lost);

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync("hello", cancellationToken: Token));

        Assert.Same(lost, thrown);
        Assert.Equal("Error in chat scripted-1: InvalidOperationException: connection lost", Assert.Single(_sink.Entries).Content);
    }

    [Fact]
    public async Task Stream_ThatEnds_IsOneMemory()
    {
        using var client = Client(static _ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "one two three")));

        var updates = await client.GetStreamingResponseAsync("count", cancellationToken: Token).ToListAsync(Token);

        var metadata = Assert.Single(_sink.Entries).Value.GetProperty("metadata");
        Assert.Equal(["one", "two", "three"], updates.Select(static update => update.Text));
        Assert.Equal(11, metadata.GetProperty("output_characters").GetInt32());
        Assert.True(metadata.GetProperty("is_streaming").GetBoolean());
        Assert.True(metadata.TryGetProperty("first_update_ms", out _));
        Assert.False(metadata.TryGetProperty("is_abandoned", out _));
    }

    [Fact]
    public async Task Stream_ThatFails_IsAnErrorAndTheExceptionPasses()
    {
        using var client = Client(static _ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "one throw")));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await client.GetStreamingResponseAsync("count", cancellationToken: Token).ToListAsync(Token));

        Assert.Equal("Error in chat scripted-2: InvalidOperationException: connection lost", Assert.Single(_sink.Entries).Content);
    }

    [Fact]
    public async Task Stream_ThatIsRefusedBeforeItBegins_IsAnErrorAndTheExceptionPasses()
    {
        var lost = new InvalidOperationException("connection lost");
        using var client = new RefusingChatClient(lost).WithMemory(_hooks);

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(async () => await client.GetStreamingResponseAsync("count", cancellationToken: Token).ToListAsync(Token));

        Assert.Same(lost, thrown);
        Assert.Equal("Error in chat: InvalidOperationException: connection lost", Assert.Single(_sink.Entries).Content);
    }

    [Fact]
    public async Task Messages_ThatAreNone_AreForTheClientToRefuse()
    {
        using var client = Client(static messages => throw new NotSupportedException(messages is null ? "no messages" : "messages"));

        var thrown = await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync((IEnumerable<ChatMessage>)null!, cancellationToken: Token));

        Assert.Equal("no messages", thrown.Message);
    }

    [Fact]
    public async Task Stream_ThatIsAbandoned_SaysSo()
    {
        using var client = Client(static _ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "one two three")));

        await foreach (var _ in client.GetStreamingResponseAsync("count", cancellationToken: Token)) break;

        Assert.True(Assert.Single(_sink.Entries).Value.GetProperty("metadata").GetProperty("is_abandoned").GetBoolean());
    }

    [Fact]
    public async Task Tool_ThatFailedInTheMessages_IsRememberedOnce()
    {
        var failed = new InvalidOperationException("no such order");
        using var client = Client(_ => new ChatResponse(
        [
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call-1", "find_order")]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call-1", "Error") { Exception = failed }]),
            new ChatMessage(ChatRole.Assistant, "sorry"),
        ]));

        var response = await client.GetResponseAsync("where is it?", cancellationToken: Token);
        await client.GetResponseAsync(response.Messages, cancellationToken: Token);

        Assert.Equal("Error in find_order: InvalidOperationException: no such order", Assert.Single(_sink.Entries, static entry => entry.Category == "error").Content);
        Assert.Equal(1, _sink.Entries[^1].Value.GetProperty("metadata").GetProperty("output_tool_calls").GetInt32());
    }

    [Fact]
    public async Task Function_ThatFails_IsRememberedWithoutItsArguments()
    {
        var function = Function(static (string order) => order.Length > 0 ? throw new InvalidOperationException("no such order") : 1);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await function.InvokeAsync(new() { ["order"] = "canary-1" }, Token));

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal("Error in find_order: InvalidOperationException: no such order", entry.Content);
        Assert.Equal(1, entry.Value.GetProperty("metadata").GetProperty("arguments").GetInt32());
        Assert.DoesNotContain("canary-1", entry.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Function_ThatSucceeds_IsRememberedOnRequest(bool isWanted, int expected)
    {
        var function = Function(static (string order) => order + "!", options => (options.IncludeToolSuccesses, options.IncludeContent) = (isWanted, true));

        var result = await function.InvokeAsync(new() { ["order"] = "17" }, Token);

        Assert.Equal("17!", result?.ToString());
        Assert.Equal("find_order", function.Name);
        Assert.Equal(expected, _sink.Entries.Count);
        Assert.All(_sink.Entries, static entry => Assert.Equal("17", entry.Value.GetProperty("metadata").GetProperty("argument.order").GetString()));
    }

    [Fact]
    public async Task Function_ThatSucceeds_IsRememberedBySizesOnly()
    {
        var function = Function(static (string order, int count) => $"canary {order}", static options => options.IncludeToolSuccesses = true);

        await function.InvokeAsync(new() { ["order"] = "canary-1", ["count"] = 2 }, Token);

        var entry = Assert.Single(_sink.Entries);
        var metadata = entry.Value.GetProperty("metadata");
        Assert.Equal((2, 8, 15), (metadata.GetProperty("arguments").GetInt32(), metadata.GetProperty("arguments_characters").GetInt32(), metadata.GetProperty("result_characters").GetInt32()));
        Assert.DoesNotContain("canary", entry.Content + entry.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_OfAnExchange_AreCountedByTheSizesOfTheirResults()
    {
        using var client = Client(static _ => new ChatResponse(
        [
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call-1", "find_order")]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call-1", "canary-9")]),
        ]));

        await client.GetResponseAsync("where is it?", cancellationToken: Token);

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal(8, entry.Value.GetProperty("metadata").GetProperty("output_tool_characters").GetInt32());
        Assert.DoesNotContain("canary", entry.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_WithoutARuntime_OnlyPassesOn()
    {
        _sink.Dispose();
        using var client = Client(static _ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "one two")));

        var response = await client.GetResponseAsync("hello", cancellationToken: Token);
        var updates = await client.GetStreamingResponseAsync("hello", cancellationToken: Token).ToListAsync(Token);

        Assert.Equal(("one two", 2), (response.Text, updates.Count));
        Assert.Equal(0, _hooks.GetStatistics().HooksExecuted);
    }

    [Fact]
    public async Task Function_WhoseFailureIsRememberedInside_IsNotRememberedAgain()
    {
        var function = Function(static int (string order) =>
        {
            using var scope = TriggerScope.Workflow("find");
            var exception = new InvalidOperationException("no such order " + order);
            scope.Fail(exception);
            throw exception;
        });

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await function.InvokeAsync(new AIFunctionArguments { ["order"] = "7" }, TestContext.Current.CancellationToken));

        Assert.Equal("find", Assert.Single(_sink.Entries).Key);
    }

    private IChatClient Client(Func<IEnumerable<ChatMessage>, ChatResponse> answer, Action<ChatHookOptions>? configure = null) =>
        new ScriptedChatClient(answer).WithMemory(_hooks, configure);

    private AIFunction Function(Delegate method, Action<ChatHookOptions>? configure = null) =>
        AIFunctionFactory.Create(method, "find_order").WithMemory(_hooks, configure);
}
