using System.Text;
using MemoryTriggers.Capture;
using Microsoft.Extensions.AI;

namespace MemoryTriggers;

/// <summary>
/// One exchange with a model, as it becomes a memory. Used by one thread at a time. Only <see cref="Succeeded"/> and <see cref="Failed"/>
/// tell of it.
/// </summary>
internal sealed class ChatOperation
{
    private readonly MemoryHooks _hooks;
    private readonly ChatHookOptions _options;
    private readonly long _started;
    private readonly ChatSize _output = new();
    private readonly StringBuilder _answer = new();
    private readonly Dictionary<string, object?> _metadata = new(StringComparer.Ordinal);
    private readonly ToolFailures _tools;
    private string? _model;

    public ChatOperation(MemoryHooks hooks, ChatHookOptions chatOptions, IChatClient client, IReadOnlyCollection<ChatMessage> messages,
        ChatOptions? options, bool isStreaming)
    {
        (_hooks, _options, _started) = (hooks, chatOptions, hooks.Time.GetTimestamp());
        _tools = new ToolFailures(hooks);
        var metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
        _model = options?.ModelId ?? metadata?.DefaultModelId;
        if (metadata?.ProviderName is { Length: > 0 } provider) _metadata["provider"] = provider;
        if (options?.Tools is { Count: > 0 } tools) _metadata["tools"] = tools.Count;
        if (options?.ConversationId is { Length: > 0 } conversation) _metadata["conversation_id"] = conversation;
        if (isStreaming) _metadata["is_streaming"] = true;
        var input = new ChatSize();
        foreach (var message in messages)
        {
            input.Add(message);
            _tools.See(message.Contents);
        }

        input.AddTo(_metadata, "input");
        if (_options.IncludeContent) _metadata["prompt"] = messages.LastOrDefault()?.Text;
    }

    public void See(ChatResponse response)
    {
        foreach (var message in response.Messages) See(message.Contents);
        See(response.ModelId, response.FinishReason);
        if (response.Usage is { } usage) See(usage);
    }

    public void See(ChatResponseUpdate update)
    {
        _metadata.TryAdd("first_update_ms", _hooks.Time.GetElapsedTime(_started).TotalMilliseconds);
        See(update.Contents);
        See(update.ModelId, update.FinishReason);
    }

    public void Abandoned() => _metadata["is_abandoned"] = true;

    public void Succeeded()
    {
        _output.AddTo(_metadata, "output");
        _hooks.Publish(new HookEvent
        {
            Type = HookType.AgentOperationComplete,
            Subject = AgentType,
            Operation = Operation,
            Source = Source,
            Duration = _hooks.Time.GetElapsedTime(_started),
            Detail = _options.IncludeContent ? _answer.ToString() : null,
            Metadata = _metadata,
        });
    }

    /// <summary>Made for an exception filter as well: always answers <see langword="false"/>.</summary>
    public bool Failed(Exception exception)
    {
        _hooks.Publish(new HookEvent
        {
            Type = HookType.AgentOperationError,
            Subject = AgentType,
            Operation = Operation,
            Source = Source,
            Duration = _hooks.Time.GetElapsedTime(_started),
            Exception = exception,
            Priority = TriggerPriority.High,
            Metadata = _metadata,
        });
        return false;
    }

    private string AgentType => _options.AgentType ?? MemoryContext.Current?.Agent ?? "chat";

    private string Operation => _model is { Length: > 0 } ? $"chat {_model}" : "chat";

    private string Source => $"{AgentType}_agent";

    private void See(IEnumerable<AIContent> contents)
    {
        foreach (var content in contents)
        {
            _output.Add(content);
            if (content is UsageContent usage) See(usage.Details);
            if (_options.IncludeContent && content is TextContent text && _answer.Length < CaptureFormat.MaxStringLength)
                _answer.Append(text.Text);
        }

        _tools.See(contents);
    }

    private void See(string? model, ChatFinishReason? reason)
    {
        if (model is { Length: > 0 }) _model = model;
        if (reason is { } why) _metadata["finish_reason"] = why.Value;
    }

    // Not under the name of tokens, which is one that gives secrets away.
    private void See(UsageDetails usage)
    {
        if (usage.InputTokenCount is { } input) _metadata["usage_input"] = input;
        if (usage.OutputTokenCount is { } output) _metadata["usage_output"] = output;
        if (usage.TotalTokenCount is { } total) _metadata["usage_total"] = total;
    }
}
