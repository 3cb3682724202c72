namespace MemoryTriggers.Runtime.Tests.Backends;

public sealed class InMemoryMemoryBackendTests : MemorySearchConformance
{
    protected override IMemoryBackend Create() => new InMemoryMemoryBackend();
}
