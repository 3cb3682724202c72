using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace MemoryTriggers.Tests;

/// <summary>A model that answers as the test says.</summary>
internal sealed class ScriptedChatClient(Func<IEnumerable<ChatMessage>, ChatResponse> answer) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(answer(messages));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var word in answer(messages).Text.Split(' '))
        {
            await Task.Yield();
            yield return word == "throw" ? throw new InvalidOperationException("connection lost") : new ChatResponseUpdate(ChatRole.Assistant, word) { ModelId = "scripted-2" };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", null, "scripted-1") : null;

    public void Dispose()
    {
    }
}
