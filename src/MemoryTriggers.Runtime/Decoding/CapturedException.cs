using System.Text.Json.Nodes;

namespace MemoryTriggers.Decoding;

/// <summary>An exception as it was captured. The cause of it follows it in the record.</summary>
internal sealed record CapturedException(string Type, string Message, string StackTrace)
{
    /// <summary>The type's name without its namespace.</summary>
    public string ShortType => Type[(Type.LastIndexOfAny(['.', '+']) + 1)..];

    /// <summary>Its members beside the message, such as <c>Code</c>.</summary>
    public JsonObject Members { get; } = [];
}
