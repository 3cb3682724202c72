using System.Text.Json.Serialization;

namespace MemoryTriggers.Operations;

/// <summary>Writes health, metrics and alerts. The names of the properties are the keys, in their order.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthJson))]
[JsonSerializable(typeof(MetricsJson))]
[JsonSerializable(typeof(AlertJson))]
internal sealed partial class OperationsJsonContext : JsonSerializerContext;
