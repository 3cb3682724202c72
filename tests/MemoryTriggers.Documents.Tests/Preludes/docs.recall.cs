global using Microsoft.Extensions.AI;
global using static Prelude;

internal static class Prelude
{
    public static HostApplicationBuilder builder => throw new NotSupportedException();

    public static MemoryTriggersOptions options => throw new NotSupportedException();

    public static IMemoryRecall recall => throw new NotSupportedException();

    public sealed class MyEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey) => throw new NotSupportedException();

        public void Dispose() => throw new NotSupportedException();
    }
}
