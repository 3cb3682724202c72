using System.Text.Json.Serialization;

namespace MemoryTriggers.Operations;

/// <summary>Writes metrics. The names of the properties are the keys, in their order.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MetricsJson))]
internal sealed partial class MetricsJsonContext : JsonSerializerContext;
