using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace MemoryTriggers.Vectors;

/// <summary>Asks the generator of the program for vectors, and brings them to length 1. Thread-safe as far as the generator is.</summary>
internal sealed class Embedder(IEmbeddingGenerator<string, Embedding<float>> generator, VectorOptions options)
{
    /// <summary>The id that distinguishes the vectors of one model from those of another.</summary>
    public string Model { get; } = options.Model
        ?? Describe(generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata, generator);

    /// <exception cref="InvalidOperationException">The generator gave another number of vectors than it was asked for, or one that has no
    /// direction.</exception>
    public async Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var embeddings = await generator.GenerateAsync(texts, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (embeddings.Count != texts.Count)
            throw new InvalidOperationException($"The generator gave {embeddings.Count} vectors for {texts.Count} texts.");
        return [.. embeddings.Select(static embedding => Normalized(embedding.Vector.Span))];
    }

    private static float[] Normalized(ReadOnlySpan<float> vector)
    {
        var length = TensorPrimitives.Norm(vector);
        if (!float.IsFinite(length)) throw new InvalidOperationException("The generator gave a vector that is no number.");
        var normalized = new float[vector.Length];

        // Without a direction it is like nothing.
        if (length > 0) TensorPrimitives.Divide(vector, length, normalized);
        return normalized;
    }

    private static string Describe(EmbeddingGeneratorMetadata? metadata, object generator) => metadata?.DefaultModelId is { } model
        ? $"{metadata.ProviderName}/{model}/{metadata.DefaultModelDimensions}"
        : generator.GetType().FullName!;
}
