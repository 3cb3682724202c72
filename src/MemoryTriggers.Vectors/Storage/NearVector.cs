namespace MemoryTriggers.Vectors;

/// <summary>A memory by its meaning.</summary>
/// <param name="Id">The memory.</param>
/// <param name="Similarity">The cosine of the angle to the question, -1 to 1.</param>
internal readonly record struct NearVector(Guid Id, float Similarity);
