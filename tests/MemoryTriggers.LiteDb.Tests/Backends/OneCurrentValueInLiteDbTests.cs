using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests.Backends;

/// <summary>One process has the file: both modules have the same store.</summary>
public sealed class OneCurrentValueInLiteDbTests : OneCurrentValueConformance
{
    private readonly LiteDbFile _file = new();
    private LiteDbMemoryBackend? _store;

    protected override async ValueTask<IMemoryBackend> OpenAsync() => _store ??= await _file.OpenAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _file.Dispose();
    }
}
