using System.Text.Json.Serialization;

namespace MemoryTriggers.Delivery.DeadLetters;

/// <summary>How a dead letter stands in its file.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(DeadLetter))]
internal sealed partial class DeadLetterJson : JsonSerializerContext;
