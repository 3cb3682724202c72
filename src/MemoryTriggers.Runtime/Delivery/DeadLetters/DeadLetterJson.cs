using System.Text.Json.Serialization;

namespace MemoryTriggers.Delivery.DeadLetters;

/// <summary>The JSON form of a dead letter in the file.</summary>
[JsonSerializable(typeof(DeadLetter))]
internal sealed partial class DeadLetterJson : JsonSerializerContext;
