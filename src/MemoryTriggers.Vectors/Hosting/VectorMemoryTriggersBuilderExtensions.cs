using MemoryTriggers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Search by meaning for a program with a host.</summary>
public static class VectorMemoryTriggersBuilderExtensions
{
    /// <summary>
    /// Searches by meaning as well as by words, with the <c>IEmbeddingGenerator&lt;string, Embedding&lt;float&gt;&gt;</c> that the program
    /// registers. While it registers none, nothing changes. A second call adds its settings to those of the first.
    /// </summary>
    public static IMemoryTriggersBuilder UseVectors(this IMemoryTriggersBuilder builder, Action<VectorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (configure is not null) builder.Services.AddSingleton(new VectorSettings(configure));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<MemoryTriggersOptions>, VectorLayer>());
        return builder;
    }

    private sealed record VectorSettings(Action<VectorOptions> Configure);

    private sealed class VectorLayer(IServiceProvider provider, IEnumerable<VectorSettings> settings)
        : IConfigureOptions<MemoryTriggersOptions>
    {
        public void Configure(MemoryTriggersOptions options)
        {
            if (provider.GetService<IEmbeddingGenerator<string, Embedding<float>>>() is not { } generator) return;
            options.UseVectors(generator, vectors =>
            {
                foreach (var setting in settings) setting.Configure(vectors);
            });
        }
    }
}
