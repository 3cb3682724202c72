using System.Text.Json;
using Microsoft.Extensions.AI;

namespace MemoryTriggers;

/// <summary>The size of messages, without their content.</summary>
internal sealed class ChatSize
{
    private int _messages;
    private long _characters;
    private long _bytes;
    private int _calls;
    private long _toolCharacters;

    /// <summary>The size of texts and JSON; of other values none: measuring them would run the user's code.</summary>
    public static long Characters(object? value) => value switch
    {
        string text => text.Length,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!.Length,
        JsonElement { ValueKind: not JsonValueKind.Undefined } json => json.GetRawText().Length,
        _ => 0,
    };

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
            case FunctionResultContent answer: _toolCharacters += Characters(answer.Result); break;
            default: break;
        }
    }

    public void AddTo(Dictionary<string, object?> metadata, string prefix)
    {
        if (_messages > 0) metadata[$"{prefix}_messages"] = _messages;
        metadata[$"{prefix}_characters"] = _characters;
        if (_bytes > 0) metadata[$"{prefix}_bytes"] = _bytes;
        if (_calls > 0) metadata[$"{prefix}_tool_calls"] = _calls;
        if (_toolCharacters > 0) metadata[$"{prefix}_tool_characters"] = _toolCharacters;
    }
}
