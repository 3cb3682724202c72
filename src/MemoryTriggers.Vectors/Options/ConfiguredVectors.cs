using MemoryTriggers.Configuration;

namespace MemoryTriggers.Vectors;

/// <summary>From the section <c>vectors</c> of a configuration to the options.</summary>
internal static class ConfiguredVectors
{
    public static void Apply(VectorSettings settings, VectorOptions options)
    {
        (options.Path, options.Model) = (settings.Path, settings.Model);
        (options.BatchSize, options.MaxTextLength, options.Depth) = (settings.BatchSize, settings.MaxTextLength, settings.Depth);
        (options.MinSimilarity, options.QuestionTimeout) = (settings.MinSimilarity, TimeSpan.FromSeconds(settings.QuestionTimeout));
    }
}
