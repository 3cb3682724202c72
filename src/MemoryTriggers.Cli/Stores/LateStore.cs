using MemoryTriggers.Backends;

namespace MemoryTriggers.Cli.Stores;

/// <summary>A store that is opened when there is something to store: by then the command has printed what it found.</summary>
internal sealed class LateStore(IMemoryBackend inner) : DelegatingMemoryBackend(new LazyOpenBackend(inner))
{
    public override ValueTask InitializeAsync(CancellationToken cancellationToken) => default;
}
