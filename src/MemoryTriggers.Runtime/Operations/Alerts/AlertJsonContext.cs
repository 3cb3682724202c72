using System.Text.Json.Serialization;

namespace MemoryTriggers.Operations;

/// <summary>Writes alerts. The names of the properties are the keys, in their order.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AlertJson))]
internal sealed partial class AlertJsonContext : JsonSerializerContext;
