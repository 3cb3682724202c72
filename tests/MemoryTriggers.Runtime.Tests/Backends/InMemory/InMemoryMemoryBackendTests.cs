using MemoryTriggers.TestKit;
namespace MemoryTriggers.Runtime.Tests.Backends;

public sealed class InMemoryMemoryBackendTests : RankedSearchConformance
{
    protected override IMemoryBackend Create() => new InMemoryMemoryBackend();
}
