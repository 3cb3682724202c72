using System.Text.Json.Serialization;

namespace MemoryTriggers.Delivery.DeadLetters;

/// <summary>The JSON form of a dead letter in its file.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(DeadLetter))]
internal sealed partial class DeadLetterJson : JsonSerializerContext;
