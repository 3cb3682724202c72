using System.Text.Json.Serialization;

namespace MemoryTriggers.Operations;

/// <summary>Writes health. The names of the properties are the keys, in their order.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthJson))]
internal sealed partial class HealthJsonContext : JsonSerializerContext;
