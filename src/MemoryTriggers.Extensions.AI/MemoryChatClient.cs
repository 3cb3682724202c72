using System.Runtime.CompilerServices;
using MemoryTriggers.Capture;
using Microsoft.Extensions.AI;

namespace MemoryTriggers;

/// <summary>
/// Remembers what passes through a chat client: model, sizes, tokens and durations, what failed, and tools that failed. The program gets
/// answers and exceptions as they were. Around a function-invoking client it sees a whole exchange, inside of one each step. As thread-safe
/// as the client inside.
/// </summary>
internal sealed class MemoryChatClient(IChatClient inner, MemoryHooks hooks, ChatHookOptions options) : DelegatingChatClient(inner)
{
    private bool IsOn =>
        (hooks.IsOn(HookType.AgentOperationComplete, isError: false) || hooks.IsOn(HookType.AgentOperationError, isError: true)) &&
        !TriggerFlow.IsCurrentSuppressed;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        // What is no list of messages is for the client inside to refuse.
        if (!IsOn || messages is null) return await base.GetResponseAsync(messages!, options, cancellationToken).ConfigureAwait(false);

        var sent = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var operation = Begin(sent, options, isStreaming: false);
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(sent, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Guarded(() => operation?.Failed(exception)))
        {
            throw;
        }

        Guarded(() =>
        {
            operation?.See(response);
            operation?.Succeeded();
        });
        return response;
    }

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        IsOn && messages is not null
            ? ObserveAsync(messages, options, cancellationToken)
            : base.GetStreamingResponseAsync(messages!, options, cancellationToken);

    private async IAsyncEnumerable<ChatResponseUpdate> ObserveAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sent = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var operation = Begin(sent, options, isStreaming: true);
        var hasFailed = false;
        var hasEnded = false;
        IAsyncEnumerator<ChatResponseUpdate> updates;
        try
        {
            updates = base.GetStreamingResponseAsync(sent, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception exception) when (Guarded(() => operation?.Failed(exception)))
        {
            throw;
        }

        try
        {
            while (true)
            {
                try
                {
                    if (!await updates.MoveNextAsync().ConfigureAwait(false)) break;
                }
                catch (Exception exception) when (Guarded(() => { hasFailed = true; operation?.Failed(exception); }))
                {
                    throw;
                }

                var update = updates.Current;
                Guarded(() => operation?.See(update));
                yield return update;
            }

            hasEnded = true;
        }
        finally
        {
            if (!hasFailed)
            {
                Guarded(() =>
                {
                    if (!hasEnded) operation?.Abandoned();
                    operation?.Succeeded();
                });
            }

            await updates.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ChatOperation? Begin(IReadOnlyCollection<ChatMessage> messages, ChatOptions? chat, bool isStreaming)
    {
        ChatOperation? operation = null;
        Guarded(() => operation = new ChatOperation(hooks, options, InnerClient, messages, chat, isStreaming));
        return operation;
    }

    private bool Guarded(Action look)
    {
        try
        {
            look();
        }
        catch (Exception)
        {
            // Capture entry point: contents and clients are the user's code, and the exchange must not notice.
            hooks.CountFault();
        }

        return false;
    }
}
