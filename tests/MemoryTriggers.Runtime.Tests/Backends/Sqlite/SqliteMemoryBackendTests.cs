using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Runtime.Tests.Backends;

public sealed class SqliteMemoryBackendTests : RankedSearchConformance
{
    private readonly TemporaryDirectory _directory = new();

    protected override bool IsPersistent => true;

    protected override IMemoryBackend Create() =>
        new SqliteMemoryBackend(new() { Path = _directory.File("memory.db") }, NullLogger.Instance, TimeProvider.System);

    public override async ValueTask DisposeAsync()
    {
        var problems = await ((SqliteMemoryBackend)Backend).CheckIntegrityAsync(Token);
        await base.DisposeAsync();
        _directory.Dispose();
        Assert.Empty(problems);
    }
}
