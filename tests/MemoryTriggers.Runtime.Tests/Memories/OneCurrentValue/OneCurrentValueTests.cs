using MemoryTriggers.Backends.Cache;
using MemoryTriggers.Protection;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Mem0;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Runtime.Tests.Memories;

/// <summary>In one process: both modules have the same store.</summary>
public sealed class OneCurrentValueInMemoryTests : OneCurrentValueConformance
{
    private readonly InMemoryMemoryBackend _store = new();

    protected override ValueTask<IMemoryBackend> OpenAsync() => new(_store);
}

/// <summary>As two processes have one database.</summary>
public sealed class OneCurrentValueInSqliteTests : OneCurrentValueConformance
{
    private readonly TemporaryDirectory _folder = new();

    protected override async ValueTask<IMemoryBackend> OpenAsync()
    {
        var store = new SqliteMemoryBackend(new() { Path = _folder.File("memory.db") }, NullLogger.Instance, TimeProvider.System);
        await store.InitializeAsync(TestContext.Current.CancellationToken);
        return store;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>As two processes have one file.</summary>
public sealed class OneCurrentValueInJsonFileTests : OneCurrentValueConformance
{
    private readonly TemporaryDirectory _folder = new();

    protected override async ValueTask<IMemoryBackend> OpenAsync()
    {
        var store = new JsonFileMemoryBackend(new() { Path = _folder.File("memory.json") }, NullLogger.Instance, TimeProvider.System);
        await store.InitializeAsync(TestContext.Current.CancellationToken);
        return store;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>
/// As two services have one store: each with a cache of reads, and with encryption. The clock stands, so that a question is the same again.
/// </summary>
public sealed class OneCurrentValueInTwoServicesTests : OneCurrentValueConformance
{
    private readonly InMemoryMemoryBackend _store = new();
    private readonly EncryptionKeys _keys = EncryptionKeys.Parse(EncryptionKey.Generate("k"), "the test");

    protected override TimeProvider Time { get; } = new ManualTimeProvider();

    protected override ValueTask<IMemoryBackend> OpenAsync() => new(CachingBackend.Above(
        new ProtectingBackend(_store, new ValueProtection(_keys, compressAbove: null)), new ReadCacheOptions(), TimeProvider.System));
}

/// <summary>A chain changes a memory in its first store.</summary>
public sealed class OneCurrentValueInAChainTests : OneCurrentValueConformance
{
    private readonly TemporaryDirectory _folder = new();
    private BackendChain? _chain;

    protected override async ValueTask<IMemoryBackend> OpenAsync()
    {
        if (_chain is not null) return _chain;
        _chain = new BackendChain(
            [
                new SqliteMemoryBackend(new() { Path = _folder.File("memory.db") }, NullLogger.Instance, TimeProvider.System),
                new InMemoryMemoryBackend(),
            ],
            new(), NullLogger.Instance, TimeProvider.System);
        await _chain.InitializeAsync(TestContext.Current.CancellationToken);
        return _chain;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>mem0 has no transactions: an earlier value may be lost between two writers, the current one is one.</summary>
public sealed class OneCurrentValueInMem0Tests : OneCurrentValueConformance
{
    private readonly SelfHostedMem0Stub _stub = new();

    protected override bool KeepsEveryVersion => false;

    protected override ValueTask<IMemoryBackend> OpenAsync() => new(new Mem0MemoryBackend(
        new Mem0BackendOptions { Flavor = Mem0Flavor.SelfHosted, BaseAddress = new("http://localhost:8888"), ApiKey = "the-key" },
        () => new HttpClient(_stub, disposeHandler: false),
        TimeProvider.System));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _stub.Dispose();
    }
}
