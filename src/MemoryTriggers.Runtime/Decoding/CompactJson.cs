using System.Text.Encodings.Web;
using System.Text.Json;

namespace MemoryTriggers.Decoding;

/// <summary>How values are written into memories: one line, letters of all scripts as they are. Memories are data, never markup.</summary>
internal static class CompactJson
{
    public static JsonSerializerOptions Options { get; } = new(DefinitionJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
