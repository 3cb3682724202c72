using MemoryTriggers.Backends.Cache;
using MemoryTriggers.Protection;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Mem0;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Runtime.Tests.Memories;

public sealed class DeletionInMemoryTests : DeletionConformance
{
    protected override ValueTask<IMemoryBackend> OpenAsync() => new(new InMemoryMemoryBackend());
}

public abstract class DeletionInAFolderTests : DeletionConformance
{
    private readonly TemporaryDirectory _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override async ValueTask<IMemoryBackend> OpenAsync()
    {
        var store = Create(_folder);
        await store.InitializeAsync(TestContext.Current.CancellationToken);
        return store;
    }

    private protected abstract IMemoryBackend Create(TemporaryDirectory folder);
}

public sealed class DeletionInSqliteTests : DeletionInAFolderTests
{
    private protected override IMemoryBackend Create(TemporaryDirectory folder) =>
        new SqliteMemoryBackend(new() { Path = folder.File("memory.db") }, NullLogger.Instance, TimeProvider.System);
}

public sealed class DeletionInJsonFileTests : DeletionInAFolderTests
{
    private protected override IMemoryBackend Create(TemporaryDirectory folder) =>
        new JsonFileMemoryBackend(new() { Path = folder.File("memory.json") }, NullLogger.Instance, TimeProvider.System);
}

/// <summary>In each store of a chain.</summary>
public sealed class DeletionInAChainTests : DeletionInAFolderTests
{
    private protected override IMemoryBackend Create(TemporaryDirectory folder) => new BackendChain(
        [
            new SqliteMemoryBackend(new() { Path = folder.File("memory.db") }, NullLogger.Instance, TimeProvider.System),
            new InMemoryMemoryBackend(),
        ],
        new(), NullLogger.Instance, TimeProvider.System);
}

/// <summary>As a service has its store: with a cache of reads, and with encryption.</summary>
public sealed class DeletionInAServiceTests : DeletionConformance
{
    private readonly EncryptionKeys _keys = EncryptionKeys.Parse(EncryptionKey.Generate("k"), "the test");

    protected override ValueTask<IMemoryBackend> OpenAsync() => new(CachingBackend.Above(
        new ProtectingBackend(new InMemoryMemoryBackend(), new ValueProtection(_keys, compressAbove: null)), new ReadCacheOptions(), TimeProvider.System));
}

public sealed class DeletionInMem0Tests : DeletionConformance
{
    private readonly SelfHostedMem0Stub _stub = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _stub.Dispose();
    }

    protected override ValueTask<IMemoryBackend> OpenAsync() => new(new Mem0MemoryBackend(
        new Mem0BackendOptions { Flavor = Mem0Flavor.SelfHosted, BaseAddress = new("http://localhost:8888"), ApiKey = "the-key" },
        () => new HttpClient(_stub, disposeHandler: false),
        TimeProvider.System));
}
