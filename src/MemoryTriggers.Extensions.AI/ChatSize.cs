using Microsoft.Extensions.AI;

namespace MemoryTriggers;

/// <summary>How large messages are, without what they say.</summary>
internal sealed class ChatSize
{
    private int _messages;
    private long _characters;
    private long _bytes;
    private int _calls;

    public void Add(ChatMessage message)
    {
        _messages++;
        foreach (var content in message.Contents) Add(content);
    }

    public void Add(AIContent content)
    {
        switch (content)
        {
            case TextContent text: _characters += text.Text.Length; break;
            case DataContent data: _bytes += data.Data.Length; break;
            case FunctionCallContent: _calls++; break;
            default: break;
        }
    }

    public void AddTo(Dictionary<string, object?> metadata, string prefix)
    {
        if (_messages > 0) metadata[$"{prefix}_messages"] = _messages;
        metadata[$"{prefix}_characters"] = _characters;
        if (_bytes > 0) metadata[$"{prefix}_bytes"] = _bytes;
        if (_calls > 0) metadata[$"{prefix}_tool_calls"] = _calls;
    }
}
