using System.Text.Json;
using System.Text.Json.Serialization;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>The definition of a trigger in the journal.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TriggerDefinition))]
internal sealed partial class DefinitionJson : JsonSerializerContext
{
    public static byte[] Write(TriggerDefinition definition) =>
        JsonSerializer.SerializeToUtf8Bytes(definition, Default.TriggerDefinition);

    /// <summary>Reads a definition back; <see langword="null"/> when the bytes are none.</summary>
    public static TriggerDefinition? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.TriggerDefinition);
        }
        catch (JsonException)
        {
            // An entry of another version of the library: its records are kept, under the name of an unknown trigger.
            return null;
        }
    }
}
