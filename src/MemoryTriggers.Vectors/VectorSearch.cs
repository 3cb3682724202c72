using MemoryTriggers.Vectors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>Search by meaning for a program without a host.</summary>
public static class VectorSearch
{
    /// <summary>
    /// Searches by meaning as well as by words, with the vectors of this generator. They are made in the background, from the lines of
    /// memories, and kept in <c>vectors.db</c> in the data folder. The generator stays the caller's, and must be safe for concurrent use.
    /// </summary>
    /// <param name="options">The settings of the runtime; the section <c>vectors</c> of a configuration that they have already taken over
    /// counts here.</param>
    /// <param name="generator">Makes the vectors.</param>
    /// <param name="configure">Changes the settings of the search.</param>
    /// <exception cref="OptionsValidationException">A setting is out of its bounds.</exception>
    public static MemoryTriggersOptions UseVectors(
        this MemoryTriggersOptions options, IEmbeddingGenerator<string, Embedding<float>> generator,
        Action<VectorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(generator);
        var settings = new VectorOptions();
        if (options.Configured is { First.Configuration.Vectors: var configured }) ConfiguredVectors.Apply(configured, settings);
        configure?.Invoke(settings);
        if (new VectorOptionsValidator().Validate(null, settings) is { Failed: true } result)
            throw new OptionsValidationException(nameof(VectorOptions), typeof(VectorOptions), result.Failures);

        options.HasVectors = true;
        options.Layers.Add((inner, folder, loggers, time) =>
            new VectorBackend(inner, new Embedder(generator, settings), settings, folder, time, loggers.CreateLogger<VectorBackend>()));
        return options;
    }
}
