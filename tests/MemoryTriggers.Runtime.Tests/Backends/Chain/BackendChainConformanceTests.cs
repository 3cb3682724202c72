using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Runtime.Tests.Backends.Chain;

/// <summary>A chain is a store like any other.</summary>
public sealed class BackendChainConformanceTests : RankedSearchConformance
{
    private readonly TemporaryDirectory _directory = new();

    protected override bool IsPersistent => true;

    protected override IMemoryBackend Create() => new BackendChain(
        [new SqliteMemoryBackend(new() { Path = _directory.File("memory.db") }, NullLogger.Instance, TimeProvider.System), new InMemoryMemoryBackend()],
        new BackendChainOptions { BacklogPath = _directory.File("backlog.db") },
        NullLogger.Instance,
        TimeProvider.System);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }
}
