using System.Text.Json.Serialization;

namespace MemoryTriggers.Problems;

[JsonSerializable(typeof(LastingProblem))]
internal sealed partial class ProblemJson : JsonSerializerContext;
