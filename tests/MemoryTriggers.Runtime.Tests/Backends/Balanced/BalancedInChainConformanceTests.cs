using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Runtime.Tests.Backends.Balanced;

/// <summary>The first link of a chain, of which one way never works.</summary>
public sealed class BalancedInChainConformanceTests : MemorySearchConformance
{
    private readonly TemporaryDirectory _directory = new();

    protected override bool IsPersistent => true;

    protected override IMemoryBackend Create() => new BackendChain(
        [
            new BalancedBackend([new UnsteadyBackend("away") { IsAway = true }, Way(), Way()], new(), NullLogger.Instance, TimeProvider.System),
            new InMemoryMemoryBackend(),
        ],
        new BackendChainOptions { BacklogPath = _directory.File("backlog.db") },
        NullLogger.Instance,
        TimeProvider.System);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    private SqliteMemoryBackend Way() => new(new() { Path = _directory.File("memory.db") }, NullLogger.Instance, TimeProvider.System);
}
