using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace MemoryTriggers.Tests;

/// <summary>Words of one line mean the same; everything else means nothing. Thread-safe.</summary>
internal sealed class ConceptGenerator(string model = "concepts") : IEmbeddingGenerator<string, Embedding<float>>
{
    private static readonly string[][] Concepts =
    [
        ["car", "automobile", "vehicle", "engine"],
        ["dog", "puppy", "terrier"],
        ["invoice", "bill", "payment"],
        ["rain", "storm", "weather"],
    ];

    private readonly ConcurrentQueue<string> _asked = [];

    /// <summary>Every text that it was given.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>What it throws when it is given this text.</summary>
    public Func<string, Exception?> Failure { get; set; } = static _ => null;

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        foreach (var text in texts)
        {
            if (Failure(text) is { } failure) return Task.FromException<GeneratedEmbeddings<Embedding<float>>>(failure);
            _asked.Enqueue(text);
        }

        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(Vector(text)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", null, model, Concepts.Length) : null;

    public void Dispose()
    {
    }

    private static float[] Vector(string text) =>
        [.. Concepts.Select(concept => (float)concept.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))];
}
