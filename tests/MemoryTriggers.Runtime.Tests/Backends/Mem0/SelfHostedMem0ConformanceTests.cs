using MemoryTriggers.TestKit.Mem0;

namespace MemoryTriggers.Runtime.Tests.Backends.Mem0;

/// <summary>What every store must do, but for search: mem0 finds by meaning, in its own way.</summary>
public sealed class SelfHostedMem0ConformanceTests : MemoryBackendConformance
{
    private readonly SelfHostedMem0Stub _stub = new();

    protected override bool IsPersistent => true;

    // Each one is looked up first, and the stub looks at all it has.
    protected override int Many => 500;

    protected override IMemoryBackend Create() =>
        new Mem0MemoryBackend(new Mem0BackendOptions { Flavor = Mem0Flavor.SelfHosted, BaseAddress = new("http://localhost:8888"), ApiKey = "the-key" }, () => new HttpClient(_stub, disposeHandler: false), TimeProvider.System);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _stub.Dispose();
    }
}
