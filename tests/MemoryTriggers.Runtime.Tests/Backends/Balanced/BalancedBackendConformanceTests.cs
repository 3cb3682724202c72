using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Runtime.Tests.Backends.Balanced;

/// <summary>Two ways to one file are a store like any other.</summary>
public sealed class BalancedBackendConformanceTests : MemorySearchConformance
{
    private readonly TemporaryDirectory _directory = new();

    protected override bool IsPersistent => true;

    protected override IMemoryBackend Create() => new BalancedBackend([Way(), Way()], new(), NullLogger.Instance, TimeProvider.System);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    private SqliteMemoryBackend Way() => new(new() { Path = _directory.File("memory.db") }, NullLogger.Instance, TimeProvider.System);
}
